package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the readers of other people's price maps have in common. */
final class Imports {
  /** What a model may take and give when a map does not say; those of {@link Model#builder}. */
  private static final long USUAL_CONTEXT = 8_192;

  private static final long USUAL_OUTPUT = 4_096;

  private Imports() {}

  static @Nullable Object json(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Json.read(in);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(
          "There is no price map %s. Name one that exists.".formatted(file), e);
    } catch (IOException e) {
      throw new ConfigurationException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  static ConfigurationException notOfThisKind(Path file, String expected) {
    return new ConfigurationException(
        "%s is not what it was said to be: it must be %s.".formatted(file, expected));
  }

  /** Limits that a model can have, from what a map says, 0 where it says nothing. */
  static void limits(Model.Builder model, long context, long output) {
    long most = context > 0 ? context : Math.max(USUAL_CONTEXT, output);
    model.limits(most, Math.min(most, output > 0 ? output : USUAL_OUTPUT));
  }

  static long whole(@Nullable Object row, String path) {
    return JsonTree.number(row, path).map(java.math.BigDecimal::longValue).orElse(0L);
  }

  /**
   * The tokenizer of a family, told by the name of a model; maps of prices don't say. New names of
   * OpenAI and Anthropic have those companies' newest.
   */
  static Tokenizer tokenizer(String id) {
    String name = id.toLowerCase(Locale.ROOT);
    if (name.contains("gpt-oss")) {
      return Tokenizer.O200K_HARMONY;
    }
    if (name.contains("claude")) {
      return claude(name);
    }
    if (name.contains("gpt-4o") || name.contains("gpt-4.1") || name.contains("gpt-4.5")) {
      return Tokenizer.O200K_BASE;
    }
    if (name.contains("gpt-4") || name.contains("gpt-3.5") || name.contains("text-embedding-")) {
      return name.contains("gemini") ? Tokenizer.GEMINI : Tokenizer.CL100K_BASE;
    }
    if (name.matches(".*\\bo[134](\\b.*)?") || name.contains("gpt-") || name.contains("codex")) {
      return Tokenizer.O200K_BASE;
    }
    if (name.contains("gemini") || name.contains("gemma")) {
      return Tokenizer.GEMINI;
    }
    if (name.contains("deepseek")) {
      return name.contains("distill") ? distilled(name) : Tokenizer.DEEPSEEK;
    }
    if (name.contains("qwen") || name.contains("qwq")) {
      return Tokenizer.QWEN;
    }
    if (name.contains("grok")) {
      return Tokenizer.GROK;
    }
    return otherFamily(name);
  }

  private static Tokenizer otherFamily(String name) {
    if (name.contains("llama")) {
      return Tokenizer.LLAMA;
    }
    return name.matches(
            ".*(mistral|mixtral|codestral|magistral|devstral|ministral|pixtral|voxtral).*")
        ? Tokenizer.MISTRAL
        : Tokenizer.OTHER;
  }

  private static Tokenizer distilled(String name) {
    return name.contains("llama") ? Tokenizer.LLAMA : Tokenizer.QWEN;
  }

  /** From Opus 4.7 and the models numbered 5 on, Anthropic has another tokenizer. */
  private static Tokenizer claude(String name) {
    return name.matches(".*claude.*(opus-4[-.][789]|(opus|sonnet|haiku|fable)-[5-9]).*")
        ? Tokenizer.CLAUDE_4_7
        : Tokenizer.CLAUDE;
  }
}
