package ai.powertools.benchmarks;

/**
 * A message as applications keep it.
 *
 * @param role {@code user} or {@code assistant}
 * @param content what was said
 * @param model who was asked, or answered
 * @param usage what it took
 * @param time when, as ISO-8601
 */
record ChatEntry(String role, String content, String model, Used usage, String time) {
  /**
   * What a message took.
   *
   * @param input tokens of the conversation so far
   * @param output tokens of the answer, 0 for a question
   */
  record Used(long input, long output) {}
}
