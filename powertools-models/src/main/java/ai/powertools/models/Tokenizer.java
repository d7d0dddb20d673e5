package ai.powertools.models;

/**
 * The family of tokenizer that a model reads text with; decides how its tokens are counted, see
 * {@link TokenCounter#of}.
 */
public enum Tokenizer {
  /** OpenAI, GPT-4o and later: counted exactly. */
  O200K_BASE,
  /** OpenAI's open-weight models: the text as with {@link #O200K_BASE}, another chat template. */
  O200K_HARMONY,
  /** OpenAI, GPT-4 and GPT-3.5: counted exactly. */
  CL100K_BASE,
  /** OpenAI, Codex and text-davinci-002 and -003: text counted exactly. */
  P50K_BASE,
  /** OpenAI, the edit models of text-davinci: text counted exactly. */
  P50K_EDIT,
  /** OpenAI, GPT-3 and GPT-2: text counted exactly. */
  R50K_BASE,
  /** Anthropic, up to Claude Opus 4.6 and Sonnet 4.6: estimated. */
  CLAUDE,
  /** Anthropic, from Claude Opus 4.7: estimated, about 30 % more tokens than {@link #CLAUDE}. */
  CLAUDE_4_7,
  /** Google Gemini: estimated. */
  GEMINI,
  /** Meta Llama 3 and later: estimated. */
  LLAMA,
  /** Mistral: estimated. */
  MISTRAL,
  /** DeepSeek: estimated. */
  DEEPSEEK,
  /** Alibaba Qwen: estimated. */
  QWEN,
  /** Cohere Command: estimated. */
  COHERE,
  /** Z.ai GLM: estimated, as was measured for GLM-4. */
  GLM,
  /** Amazon Nova: estimated, with the widest margin, since no measurement is known. */
  NOVA,
  /** Moonshot Kimi: estimated, with the widest margin, since no measurement is known. */
  KIMI,
  /** MiniMax: estimated, with the widest margin, since no measurement is known. */
  MINIMAX,
  /** xAI Grok: estimated, with the widest margin. */
  GROK,
  /** Not known: estimated, with the widest margin. */
  OTHER,
  /** Words between white space, for the built-in provider: counted exactly. */
  WORDS
}
