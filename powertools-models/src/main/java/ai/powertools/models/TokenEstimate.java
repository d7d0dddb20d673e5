package ai.powertools.models;

/**
 * Estimates the tokens of a text for a vocabulary that we do not have, from those of OpenAI's
 * o200k_base, which we have.
 *
 * <p>The estimate is that count times a factor. The bound takes the count times a larger factor for
 * what all vocabularies split alike, more or less, which is lower-case ASCII words between single
 * spaces; and adds a token for each byte of everything else: digits (which some split one by one),
 * capitals, punctuation, runs of white space or of one letter, and all other scripts (for which
 * o200k_base has long tokens that others lack). It is never more than the bytes of the text in
 * UTF-8, since these vocabularies fall back to single bytes at worst.
 *
 * @param percentOfO200k the estimate
 * @param timesO200k the bound's factor for lower-case words
 */
record TokenEstimate(int percentOfO200k, int timesO200k) {

  /**
   * The factors, with their sources.
   *
   * <ul>
   *   <li>Claude up to 4.6: 16 % more than GPT-4o for English articles, 21 % for mathematics, 30 %
   *       for Python, as VentureBeat measured Claude 3.5 Sonnet (1 May 2025); 20 % here.
   *   <li>Claude from Opus 4.7: about 30 % more tokens than 4.6 by Anthropic's <a
   *       href="https://platform.claude.com/docs/en/about-claude/pricing">pricing page</a>, 1.0 to
   *       1.35 times by its release notes of 16 April 2026, up to 1.47 times in public
   *       measurements; 30 % more here, and a larger bound, since it may count the spaces between
   *       words.
   *   <li>Llama 3, DeepSeek V3, Qwen 3, Gemma 3 (whose tokenizer is Gemini's), Mistral's Tekken:
   *       the ratio to GPT-4o of characters per token of English text in the table of <a
   *       href="https://github.com/shisa-ai/shisa-v2/blob/main/eval/tokenizer-efficiency/tokenizer-eval-en.md">shisa-v2</a>,
   *       rounded up: 4.657 against 4.587, 4.566, 4.468, 4.451, 4.383.
   *   <li>Cohere and GLM: from the same table, measured for Command-R+ and GLM-4: 4.657 against
   *       4.454 and 4.565. Later models of these vendors are taken to be alike.
   *   <li>Nova, Kimi, MiniMax, Grok and the unknown: no measurement known; 10 % more, and the
   *       larger bound.
   * </ul>
   */
  static TokenEstimate of(Tokenizer tokenizer) {
    return switch (tokenizer) {
      case CLAUDE -> new TokenEstimate(120, 2);
      case CLAUDE_4_7 -> new TokenEstimate(156, 3);
      case LLAMA -> new TokenEstimate(102, 2);
      case DEEPSEEK -> new TokenEstimate(102, 2);
      case GLM -> new TokenEstimate(103, 2);
      case QWEN, GEMINI, COHERE -> new TokenEstimate(105, 2);
      case MISTRAL -> new TokenEstimate(107, 2);
      default -> new TokenEstimate(110, 3);
    };
  }

  TokenCount of(String text) {
    return of(TextMeasure.of(text));
  }

  TokenCount of(TextMeasure text) {
    long atMost = Math.min(text.bytes(), text.o200k() * timesO200k + text.unlike());
    long tokens = Math.min(atMost, (text.o200k() * percentOfO200k + 99) / 100);
    return TokenCount.about(tokens, atMost);
  }
}
