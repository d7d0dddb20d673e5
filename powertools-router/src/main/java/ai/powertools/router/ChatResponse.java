package ai.powertools.router;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a model answered. Immutable.
 *
 * @param content the answer in parts, in order; may be empty
 * @param provider who served it, as in {@code openai}
 * @param model the model that served it, as the provider names it
 * @param usage what it used
 * @param usageCertainty {@link Certainty#EXACT} when the provider reported the usage, {@link
 *     Certainty#ESTIMATED} when it was counted here
 * @param finishReason why it ended
 * @param requestId the provider's name for the call, for its support
 * @param timeToFirstToken from sending to the first of the answer, when it was streamed
 * @param duration from sending to the end
 * @param details what else the vendor says
 */
public record ChatResponse(
    List<Content> content,
    String provider,
    String model,
    Usage usage,
    Certainty usageCertainty,
    FinishReason finishReason,
    Optional<String> requestId,
    Optional<Duration> timeToFirstToken,
    Duration duration,
    VendorDetails details) {

  /** Copies the parts. */
  public ChatResponse {
    content = List.copyOf(content);
  }

  /** An answer whose usage is known exactly and that was there at once. */
  public static ChatResponse of(String text, String provider, String model, Usage usage) {
    List<Content> content = text.isEmpty() ? List.of() : List.of(new Content.Text(text));
    return of(content, FinishReason.STOP, provider, model, usage);
  }

  /** The same, of any parts. */
  public static ChatResponse of(
      List<Content> content, FinishReason reason, String provider, String model, Usage usage) {
    return new ChatResponse(
        content,
        provider,
        model,
        usage,
        Certainty.EXACT,
        reason,
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        VendorDetails.NONE);
  }

  /** All that was said, without thoughts; empty if the model only calls tools. */
  public String text() {
    return joined(Content.Text.class, Content::asText);
  }

  /** All thoughts that the vendor shows. */
  public String reasoning() {
    return joined(
        Content.Reasoning.class, part -> part instanceof Content.Reasoning r ? r.text() : "");
  }

  /** The tools that are to be called, in order. */
  public List<Content.ToolCall> toolCalls() {
    return parts(Content.ToolCall.class);
  }

  /** The images that the model made. */
  public List<Content.Image> images() {
    return parts(Content.Image.class);
  }

  /**
   * The answer as a message, for the next turn.
   *
   * @throws IllegalArgumentException if there is nothing in it
   */
  public Message message() {
    return new Message(Role.ASSISTANT, content);
  }

  /** The same with other words in the place of those that were said. */
  public ChatResponse withText(String text) {
    List<Content> other =
        new ArrayList<>(content.stream().filter(part -> !(part instanceof Content.Text)).toList());
    if (!text.isEmpty()) {
      other.add(0, new Content.Text(text));
    }
    return new ChatResponse(
        other,
        provider,
        model,
        usage,
        usageCertainty,
        finishReason,
        requestId,
        timeToFirstToken,
        duration,
        details);
  }

  private <C extends Content> List<C> parts(Class<C> kind) {
    return content.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private String joined(Class<? extends Content> kind, Function<Content, String> text) {
    List<String> all = content.stream().filter(kind::isInstance).map(text).toList();
    // A long answer is most often one part, which need not be copied.
    return all.size() == 1 ? all.get(0) : String.join("", all);
  }
}
