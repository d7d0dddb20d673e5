package ai.powertools.router.providers;

import java.net.URI;

/** Servers that speak OpenAI's chat completions, and where they are, by their own documents. */
public enum KnownServer {
  /** OpenAI; {@link OpenAi} knows more of it. */
  OPENAI("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", true),
  /** Groq. */
  GROQ("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", true),
  /** Mistral. */
  MISTRAL("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY", true),
  /** DeepSeek. */
  DEEPSEEK("deepseek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", true),
  /** OpenRouter, a gateway to many. */
  OPENROUTER("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", true),
  /** xAI. */
  XAI("xai", "https://api.x.ai/v1", "XAI_API_KEY", true),
  /** Together. */
  TOGETHER("together", "https://api.together.xyz/v1", "TOGETHER_API_KEY", true),
  /** Fireworks. */
  FIREWORKS("fireworks", "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY", true),
  /** Cerebras. */
  CEREBRAS("cerebras", "https://api.cerebras.ai/v1", "CEREBRAS_API_KEY", true),
  /** Perplexity. */
  PERPLEXITY("perplexity", "https://api.perplexity.ai", "PERPLEXITY_API_KEY", true),
  /** vLLM on this machine. */
  VLLM("vllm", "http://127.0.0.1:8000/v1", "VLLM_API_KEY", false),
  /** LM Studio on this machine. */
  LM_STUDIO("lm-studio", "http://127.0.0.1:1234/v1", "LM_API_TOKEN", false);

  private final String label;
  private final URI baseUrl;
  private final String keyVariable;
  private final boolean needsKey;

  KnownServer(String label, String baseUrl, String keyVariable, boolean needsKey) {
    this.label = label;
    this.baseUrl = URI.create(baseUrl);
    this.keyVariable = keyVariable;
    this.needsKey = needsKey;
  }

  /** The name of the provider, as in the catalog. */
  public String label() {
    return label;
  }

  /** Where {@code /chat/completions} is. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** The variable of the environment that its key is usually in. */
  public String keyVariable() {
    return keyVariable;
  }

  /** Whether it answers nobody without a key. */
  public boolean needsKey() {
    return needsKey;
  }
}
