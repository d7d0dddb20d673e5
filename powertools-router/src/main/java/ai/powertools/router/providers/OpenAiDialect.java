package ai.powertools.router.providers;

import java.util.regex.Pattern;

/**
 * What a server that speaks chat completions does otherwise than OpenAI.
 *
 * @param name the provider's
 * @param host where it is
 */
record OpenAiDialect(String name, String host) {
  /** OpenAI's models that think refuse {@code max_tokens}, wherever they are served. */
  private static final Pattern THINKS =
      Pattern.compile("(?:.*/)?(?:gpt-[5-9]|o\\d)(?:[-.:].*)?", Pattern.CASE_INSENSITIVE);

  /** OpenAI itself, or Azure, which takes the same. */
  boolean isOpenAi() {
    boolean openAi = host.equals("openai.com") || host.endsWith(".openai.com");
    return openAi || host.endsWith(".azure.com");
  }

  /** Whether it refuses what it does not know, as Mistral does. */
  boolean isStrict() {
    return name.equals("mistral");
  }

  /** Mistral sends the usage unasked. */
  boolean takesStreamOptions() {
    return !isStrict();
  }

  String seedName() {
    return isStrict() ? "random_seed" : "seed";
  }

  /** DeepSeek refuses calls whose thoughts are gone. */
  boolean wantsThoughtsBack() {
    return name.equals("deepseek");
  }

  /**
   * How the limit is called: {@code max_completion_tokens} at OpenAI and at Azure, where the other
   * is deprecated, and for OpenAI's models that think; {@code max_tokens} elsewhere, since many
   * servers ignore a name that they don't know, and with it the limit.
   */
  String limitName(String model) {
    return isOpenAi() || THINKS.matcher(model).matches() ? "max_completion_tokens" : "max_tokens";
  }
}
