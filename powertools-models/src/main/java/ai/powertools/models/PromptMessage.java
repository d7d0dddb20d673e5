package ai.powertools.models;

import java.util.Optional;
import java.util.Set;

/**
 * One message of a prompt, as far as its tokens go: text only. What images and other content count
 * depends on the vendor and is not covered. Immutable.
 *
 * @param role who speaks, such as {@code user}; not blank
 * @param text what is said; may be empty
 * @param name the name of the speaker, where the vendor takes one; empty when there is none
 */
public record PromptMessage(String role, String text, Optional<String> name) {
  /** One token each in OpenAI's vocabularies. */
  static final Set<String> COMMON_ROLES = Set.of("system", "user", "assistant", "tool");

  /**
   * Refuses a message that nobody says.
   *
   * @throws IllegalArgumentException if {@code role} is blank, or {@code name} is present and blank
   */
  public PromptMessage {
    if (role.isBlank()) {
      throw new IllegalArgumentException(
          "The role of a message is blank. Give one, such as \"user\".");
    }
    if (name.isPresent() && name.get().isBlank()) {
      throw new IllegalArgumentException(
          "The name in a message of role \"%s\" is blank. Give one, or leave it out."
              .formatted(role));
    }
  }

  /** What the model is told before all else. */
  public static PromptMessage system(String text) {
    return new PromptMessage("system", text, Optional.empty());
  }

  /** What the user says. */
  public static PromptMessage user(String text) {
    return new PromptMessage("user", text, Optional.empty());
  }

  /** What the model said. */
  public static PromptMessage assistant(String text) {
    return new PromptMessage("assistant", text, Optional.empty());
  }

  /** What a tool answered. */
  public static PromptMessage tool(String text) {
    return new PromptMessage("tool", text, Optional.empty());
  }

  /**
   * The same message by a speaker of this name.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public PromptMessage named(String name) {
    return new PromptMessage(role, text, Optional.of(name));
  }
}
