package ai.powertools.models;

import static ai.powertools.models.Unit.CACHE_READ_TOKENS;
import static ai.powertools.models.Unit.CACHE_WRITE_1H_TOKENS;
import static ai.powertools.models.Unit.CACHE_WRITE_5M_TOKENS;
import static ai.powertools.models.Unit.CACHE_WRITE_TOKENS;
import static ai.powertools.models.Unit.INPUT_AUDIO_TOKENS;
import static ai.powertools.models.Unit.INPUT_IMAGE_TOKENS;
import static ai.powertools.models.Unit.INPUT_TEXT_TOKENS;
import static ai.powertools.models.Unit.INPUT_TOKENS;
import static ai.powertools.models.Unit.OUTPUT_AUDIO_TOKENS;
import static ai.powertools.models.Unit.OUTPUT_CITATION_TOKENS;
import static ai.powertools.models.Unit.OUTPUT_IMAGE_TOKENS;
import static ai.powertools.models.Unit.OUTPUT_REASONING_TOKENS;
import static ai.powertools.models.Unit.OUTPUT_TEXT_TOKENS;
import static ai.powertools.models.Unit.OUTPUT_TOKENS;
import static ai.powertools.models.Unit.WEB_SEARCHES;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layouts of the APIs that we know, by the names that genai-prices has for them, whose maps of
 * paths (as of August 2026) these facts were checked against.
 *
 * <p>Vendors that copy an API leave parts of it out or fill them differently; a part is read only
 * where the vendor means it.
 */
final class UsageLayouts {
  private static final Map<String, UsageLayout> BY_API = new LinkedHashMap<>();

  private UsageLayouts() {}

  /** The layout of {@code provider/api}; null when there is none. */
  static @Nullable UsageLayout find(String provider, String api) {
    return BY_API.get(provider + "/" + api);
  }

  static Map<String, UsageLayout> all() {
    return BY_API;
  }

  static UsageLayout require(String key) {
    UsageLayout layout = BY_API.get(key);
    if (layout == null) {
      throw new IllegalStateException("no layout " + key);
    }
    return layout;
  }

  static {
    openAiAlike();
    responsesAlike();
    anthropicAlike();
    others();
  }

  private static void openAiAlike() {
    for (String provider :
        new String[] {
          "openai",
          "openrouter",
          "alibaba",
          "meta",
          "together",
          "ovhcloud",
          "huggingface_cerebras",
          "huggingface_fireworks-ai",
          "huggingface_groq",
          "huggingface_hyperbolic",
          "huggingface_nebius",
          "huggingface_novita",
          "huggingface_nscale",
          "huggingface_ovhcloud",
          "huggingface_publicai",
          "huggingface_sambanova",
          "huggingface_together"
        }) {
      put(provider, "chat", written(soundIn(soundOut(cached(chat(provider))))));
    }
    put("azure", "chat", soundIn(soundOut(cached(chat("azure")))));
    put("google", "chat", soundIn(soundOut(cached(chat("google")))));
    put("groq", "default", soundIn(soundOut(cached(chatAt("groq", "usage", "x_groq.usage")))));
    put(
        "deepseek",
        "chat",
        soundOut(
            chat("deepseek")
                .may(
                    "prompt_tokens_details.cached_tokens|prompt_cache_hit_tokens",
                    CACHE_READ_TOKENS)));
    put("fireworks", "chat", soundOut(cached(chat("fireworks"))));
    put("cerebras", "chat", chat("cerebras"));
    put("doubleword", "chat", written(cached(chat("doubleword"))));
    put("minimax", "chat", cached(chat("minimax")));
    put("mistral", "default", cached(chat("mistral")));
    put("moonshotai", "chat", cached(chat("moonshotai")));
    put("zai", "chat", cached(chat("zai")));
    put("zhipuai", "chat", cached(chat("zhipuai")));
    put(
        "modal",
        "chat",
        written(cached(plainChat("modal").may("reasoning_tokens", OUTPUT_REASONING_TOKENS))));
    put("anthropic", "chat", chat("anthropic").may("cached_tokens", CACHE_READ_TOKENS));
    put(
        "x-ai",
        "chat",
        soundOut(cached(plainChat("x-ai")))
            .may(
                "completion_tokens_details.reasoning_tokens",
                OUTPUT_TOKENS,
                OUTPUT_REASONING_TOKENS));
    put(
        "x-ai",
        "default",
        plainChat("x-ai")
            .may("cached_prompt_text_tokens", CACHE_READ_TOKENS)
            .may("reasoning_tokens", OUTPUT_TOKENS, OUTPUT_REASONING_TOKENS));
    put(
        "perplexity",
        "default",
        plainChat("perplexity")
            .may("reasoning_tokens", OUTPUT_TOKENS, OUTPUT_REASONING_TOKENS)
            .may("citation_tokens", OUTPUT_TOKENS, OUTPUT_CITATION_TOKENS)
            .may("num_search_queries", WEB_SEARCHES));
    put(
        "openai-compatible",
        "chat",
        written(chat("openai-compatible"))
            .may(
                "prompt_tokens_details.cached_tokens|prompt_cache_hit_tokens|num_cached_tokens|cached_tokens",
                CACHE_READ_TOKENS));
    for (String provider : new String[] {"openai", "azure", "doubleword"}) {
      put(
          provider,
          "embeddings",
          UsageLayout.at(provider + " embeddings", "usage").must("prompt_tokens", INPUT_TOKENS));
    }
  }

  private static void responsesAlike() {
    for (String provider : new String[] {"openai", "modal"}) {
      put(
          provider,
          "responses",
          thought(responses(provider))
              .may("input_tokens_details.cache_write_tokens", CACHE_WRITE_TOKENS));
    }
    put("azure", "responses", thought(responses("azure")));
    put("doubleword", "responses", responses("doubleword"));
    put("minimax", "responses", responses("minimax"));
    put(
        "openai",
        "images",
        UsageLayout.at("openai images", "usage")
            .must("input_tokens", INPUT_TOKENS)
            .must("input_tokens_details.text_tokens", INPUT_TEXT_TOKENS)
            .must("input_tokens_details.image_tokens", INPUT_IMAGE_TOKENS)
            .must("output_tokens", OUTPUT_TOKENS)
            .may("output_tokens_details.text_tokens", OUTPUT_TEXT_TOKENS)
            .may("output_tokens_details.image_tokens", OUTPUT_IMAGE_TOKENS));
    put(
        "openai",
        "realtime",
        UsageLayout.at("openai realtime", "response.usage", "usage")
            .may("input_tokens", INPUT_TOKENS)
            .may("input_token_details.text_tokens", INPUT_TEXT_TOKENS)
            .may("input_token_details.audio_tokens", INPUT_AUDIO_TOKENS)
            .may("input_token_details.image_tokens", INPUT_IMAGE_TOKENS)
            .may("input_token_details.cached_tokens", CACHE_READ_TOKENS)
            .may(
                "input_token_details.cached_tokens_details.text_tokens",
                Unit.CACHE_TEXT_READ_TOKENS)
            .may(
                "input_token_details.cached_tokens_details.audio_tokens",
                Unit.CACHE_AUDIO_READ_TOKENS)
            .may(
                "input_token_details.cached_tokens_details.image_tokens",
                Unit.CACHE_IMAGE_READ_TOKENS)
            .may("output_token_details.text_tokens", OUTPUT_TEXT_TOKENS)
            .may("output_token_details.audio_tokens", OUTPUT_AUDIO_TOKENS)
            .may("output_tokens", OUTPUT_TOKENS));
  }

  /** Anthropic counts cached input and cache writes beside the input, not in it. */
  private static void anthropicAlike() {
    put(
        "anthropic",
        "default",
        messages("anthropic")
            .may("cache_creation.ephemeral_5m_input_tokens", CACHE_WRITE_5M_TOKENS)
            .may("cache_creation.ephemeral_1h_input_tokens", CACHE_WRITE_1H_TOKENS)
            .may("server_tool_use.web_search_requests", WEB_SEARCHES)
            .may("output_tokens_details.thinking_tokens", OUTPUT_REASONING_TOKENS));
    put("aws", "anthropic", messages("aws"));
    put("azure", "anthropic", messages("azure"));
    put("google", "anthropic", messages("google"));
    put("minimax", "default", messages("minimax"));
  }

  private static void others() {
    put(
        "aws",
        "default",
        UsageLayout.at("aws converse", "usage", "metadata.usage")
            .must("inputTokens", INPUT_TOKENS)
            .may("cacheReadInputTokens", INPUT_TOKENS, CACHE_READ_TOKENS)
            .may("cacheWriteInputTokens", INPUT_TOKENS, CACHE_WRITE_TOKENS)
            .must("outputTokens", OUTPUT_TOKENS));
    put(
        "cohere",
        "default",
        UsageLayout.at("cohere chat", "usage.billed_units")
            .must("input_tokens", INPUT_TOKENS)
            .must("output_tokens", OUTPUT_TOKENS));
    put(
        "cohere",
        "tokens",
        UsageLayout.at("cohere chat", "usage")
            .may("tokens.input_tokens", INPUT_TOKENS)
            .may("tokens.output_tokens", OUTPUT_TOKENS)
            .may("cached_tokens", CACHE_READ_TOKENS));
    put(
        "cohere",
        "embeddings",
        UsageLayout.at("cohere embed", "meta.billed_units").must("input_tokens", INPUT_TOKENS));
    put(
        "ollama",
        "chat",
        UsageLayout.at("ollama", "")
            .may("prompt_eval_count", INPUT_TOKENS)
            .must("eval_count", OUTPUT_TOKENS));
    put(
        "ollama",
        "embeddings",
        UsageLayout.at("ollama embed", "").must("prompt_eval_count", INPUT_TOKENS));
    put("google", "default", GeminiUsage.layout());
  }

  private static UsageLayout plainChat(String provider) {
    return plainChatAt(provider, "usage");
  }

  private static UsageLayout plainChatAt(String provider, String... roots) {
    return UsageLayout.at(provider + " chat", roots)
        .must("prompt_tokens", INPUT_TOKENS)
        .must("completion_tokens", OUTPUT_TOKENS);
  }

  private static UsageLayout chat(String provider) {
    return chatAt(provider, "usage");
  }

  private static UsageLayout chatAt(String provider, String... roots) {
    return plainChatAt(provider, roots)
        .may("completion_tokens_details.reasoning_tokens", OUTPUT_REASONING_TOKENS);
  }

  private static UsageLayout cached(UsageLayout chat) {
    return chat.may("prompt_tokens_details.cached_tokens", CACHE_READ_TOKENS);
  }

  private static UsageLayout written(UsageLayout chat) {
    return chat.may("prompt_tokens_details.cache_write_tokens", CACHE_WRITE_TOKENS);
  }

  private static UsageLayout soundIn(UsageLayout chat) {
    return chat.may("prompt_tokens_details.audio_tokens", INPUT_AUDIO_TOKENS);
  }

  private static UsageLayout soundOut(UsageLayout chat) {
    return chat.may("completion_tokens_details.audio_tokens", OUTPUT_AUDIO_TOKENS);
  }

  private static UsageLayout responses(String provider) {
    return UsageLayout.at(provider + " responses", "usage", "response.usage")
        .must("input_tokens", INPUT_TOKENS)
        .may("input_tokens_details.cached_tokens", CACHE_READ_TOKENS)
        .must("output_tokens", OUTPUT_TOKENS);
  }

  private static UsageLayout thought(UsageLayout responses) {
    return responses.may("output_tokens_details.reasoning_tokens", OUTPUT_REASONING_TOKENS);
  }

  private static UsageLayout messages(String provider) {
    return UsageLayout.at(provider + " messages", "usage")
        .must("input_tokens", INPUT_TOKENS)
        .may("cache_creation_input_tokens", INPUT_TOKENS, CACHE_WRITE_TOKENS)
        .may("cache_read_input_tokens", INPUT_TOKENS, CACHE_READ_TOKENS)
        .must("output_tokens", OUTPUT_TOKENS);
  }

  /** Under the name that genai-prices has for the provider, and under ours. */
  private static void put(String provider, String api, UsageLayout layout) {
    BY_API.put(provider + "/" + api, layout);
    BY_API.putIfAbsent(Providers.canonical(provider) + "/" + api, layout);
  }
}
