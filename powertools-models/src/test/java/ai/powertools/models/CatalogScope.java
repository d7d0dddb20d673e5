package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which of the names in the sources are current models, and which other names these have. */
final class CatalogScope {
  private static final LocalDate DAY = LocalDate.of(2026, 8, 1);

  /** What is no model of its own: fine-tuned ones, sizes of images, lengths of contract. */
  private static final Pattern NO_MODEL =
      Pattern.compile(
          "ft:.*|.*\\.ft-.*|.*\\d+-x-\\d+.*|.*/max-x-max/.*|.*commitment.*|container|~.*");

  /** Ended before the day, or names of what was, although no source says so of just this name. */
  private static final Map<String, Pattern> ENDED =
      Map.of(
          "alibaba", Pattern.compile("qwen-coder|qwen-turbo-2024.*|qwen-plus-2025-0[14].*"),
          "anthropic", Pattern.compile("claude-(3-.*|4-(opus|sonnet)-.*|(opus|sonnet)-4-0)"),
          "aws",
              Pattern.compile(
                  ".*(claude-(instant|v1|v2|3-)|titan-text|titan-image-generator-v1|ai21\\.j2|jamba-instruct"
                      + "|cohere\\.command-(light-)?text|meta\\.llama2|stable-diffusion|sd3-large"
                      + "|@|embed-g1-text|stability\\.|twelvelabs\\.).*"),
          "cohere",
              Pattern.compile("command|command-(nightly|light|r|r-plus)|(embed|rerank)-.*-v2\\.0"),
          "deepseek", Pattern.compile("deepseek-(coder|r1|v3|v3\\.2)"),
          "google",
              Pattern.compile(
                  "deep-research.*|gemini-(1|exp|gemma|2\\.0).*|learnlm.*|imagen-3.*|veo-2.*|gemini-2\\.5-flash-(lite-)?preview-0.*"),
          "groq", Pattern.compile("gemma-7b-it|playai-tts|.*(maverick|llama-guard|kimi-k2).*"),
          "mistral",
              Pattern.compile(
                  "codestral-(2405|mamba-latest)|open-codestral-mamba|mistral-large-(2402|2407)"
                      + "|mistral-(medium|medium-2312|tiny|small)|open-mi(stral-7b|xtral.*)"
                      + "|magistral-(medium|small)-2506|pixtral-12b.*"),
          "openai",
              Pattern.compile(
                  "dall-e-.*|chatgpt-4o-latest|codex-mini-latest|gpt-4-turbo-preview|text-moderation-.*"
                      + "|gpt-3\\.5-turbo-16k|gpt-4o-(mini-)?(realtime|audio)-preview.*"),
          "xai",
              Pattern.compile(
                  "grok-(beta|vision-beta|2.*|3.*|4|4-latest|4-0709|4-1?-?fast.*|code-fast.*|4.*-beta-.*)"));

  /** Other names of a model, which hold if the prices are the same. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("openai/gpt-5.6", "gpt-5.6-sol"),
          Map.entry("openai/gpt-5-chat", "gpt-5-chat-latest"),
          Map.entry("openai/text-embedding-ada-002-v2", "text-embedding-ada-002"),
          Map.entry("openai/gpt-3.5-turbo-0125", "gpt-3.5-turbo"),
          Map.entry("openai/gpt-4-0613", "gpt-4"),
          Map.entry("openai/tts-1-1106", "tts-1"),
          Map.entry("openai/tts-1-hd-1106", "tts-1-hd"),
          Map.entry("openai/gpt-3.5-turbo-instruct-0914", "gpt-3.5-turbo-instruct"),
          Map.entry("mistral/mistral-large-latest", "mistral-large-2512"),
          Map.entry("mistral/mistral-large-3", "mistral-large-2512"),
          Map.entry("mistral/mistral-medium-latest", "mistral-medium-2604"),
          Map.entry("mistral/mistral-medium-3-5", "mistral-medium-2604"),
          Map.entry("mistral/mistral-medium-3-1-2508", "mistral-medium-2508"),
          Map.entry("mistral/mistral-small-latest", "mistral-small-2603"),
          Map.entry("mistral/mistral-small-3-2-2506", "mistral-small-2506"),
          Map.entry("mistral/codestral-latest", "codestral-2508"),
          Map.entry("mistral/codestral-embed-2505", "codestral-embed"),
          Map.entry("mistral/magistral-medium-latest", "magistral-medium-2509"),
          Map.entry("mistral/magistral-medium-1-2-2509", "magistral-medium-2509"),
          Map.entry("mistral/magistral-small-latest", "magistral-small-1-2-2509"),
          Map.entry("mistral/magistral-small", "magistral-small-1-2-2509"),
          Map.entry("mistral/ministral-8b-latest", "ministral-8b-2512"),
          Map.entry("mistral/ministral-3-8b-2512", "ministral-8b-2512"),
          Map.entry("mistral/ministral-3b-latest", "ministral-3-3b-2512"),
          Map.entry("mistral/open-mistral-nemo-2407", "mistral-nemo"),
          Map.entry("mistral/open-mistral-nemo", "mistral-nemo"),
          Map.entry("mistral/pixtral-large-latest", "pixtral-large-2411"),
          Map.entry("mistral/mistral-ocr-latest", "mistral-ocr-4-0"));

  /** Of OpenRouter's many, those of makers whose models are also elsewhere. */
  private static final Pattern ROUTED =
      Pattern.compile(
          "(anthropic|openai|google|mistralai|deepseek|x-ai|meta-llama|qwen|moonshotai|z-ai|minimax"
              + "|cohere)/.*");

  /**
   * Of genai-prices' rules, those that are also names of current models that no other source has.
   */
  static final Map<String, List<String>> ALSO =
      Map.of("google", List.of("gemini-3.7-flash", "gemini-3.1-flash-lite-image"));

  private CatalogScope() {}

  /** Whether this is a model that can be used on the day. */
  static boolean isCurrent(CatalogCandidate candidate) {
    String id = candidate.id().toLowerCase(Locale.ROOT);
    String provider = candidate.provider().name();
    if (NO_MODEL.matcher(id).matches()
        || (ENDED.containsKey(provider) && ENDED.get(provider).matcher(id).matches())) {
      return false;
    }
    if (provider.equals("openrouter")
        && (!ROUTED.matcher(id).matches() || candidate.quote(CatalogSource.MODELS_DEV).isEmpty())) {
      return false;
    }
    if (provider.equals("aws") && (id.indexOf('.') < 0 || id.indexOf('/') >= 0)) {
      return false;
    }
    boolean deprecated =
        candidate
            .quote(CatalogSource.MODELS_DEV)
            .flatMap(quote -> JsonTree.text(quote.raw(), "status"))
            .filter("deprecated"::equals)
            .isPresent();
    return !deprecated && retired(candidate).filter(day -> !day.isAfter(DAY)).isEmpty();
  }

  static Optional<LocalDate> retired(CatalogCandidate candidate) {
    return candidate
        .quote(CatalogSource.LITELLM)
        .map(Quote::model)
        .flatMap(model -> model.traits().retired());
  }

  /** The id that this may be another name of. */
  static Optional<String> sameAs(String provider, String id) {
    String same = SAME.get(provider + "/" + id);
    if (same != null) {
      return Optional.of(same);
    }
    return id.endsWith("-latest")
        ? Optional.of(id.substring(0, id.length() - "-latest".length()))
        : Optional.empty();
  }
}
