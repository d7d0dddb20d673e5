package ai.powertools.router.providers;

/** A request body that a vendor describes, and where it does so. */
enum VendorRequest {
  OPENAI_CHAT(Source.OPENAI, "CreateChatCompletionRequest"),
  OPENAI_RESPONSES(Source.OPENAI, "CreateResponse"),
  OPENAI_EMBEDDINGS(Source.OPENAI, "CreateEmbeddingRequest"),
  OPENAI_INPUT_TOKENS(Source.OPENAI, "TokenCountsBody"),
  OLLAMA_CHAT(Source.OLLAMA, "ChatRequest"),
  OLLAMA_EMBED(Source.OLLAMA, "EmbedRequest"),
  OLLAMA_SHOW(Source.OLLAMA, "ShowRequest"),
  OLLAMA_PULL(Source.OLLAMA, "PullRequest"),
  GEMINI_GENERATE_CONTENT(Source.GEMINI, "GenerateContentRequest"),
  GEMINI_COUNT_TOKENS(Source.GEMINI, "CountTokensRequest"),
  GEMINI_EMBED_CONTENT(Source.GEMINI, "EmbedContentRequest"),
  GEMINI_BATCH_EMBED_CONTENTS(Source.GEMINI, "BatchEmbedContentsRequest"),
  ANTHROPIC_MESSAGES(Source.ANTHROPIC, "MessageCreateParams"),
  ANTHROPIC_COUNT_TOKENS(Source.ANTHROPIC, "MessageCountTokensParams");

  /** Who describes it, in which form. */
  enum Source {
    OPENAI,
    OLLAMA,
    GEMINI,
    ANTHROPIC
  }

  final Source source;
  final String type;

  VendorRequest(Source source, String type) {
    this.source = source;
    this.type = type;
  }
}
