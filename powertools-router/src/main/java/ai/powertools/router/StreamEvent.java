package ai.powertools.router;

/** Something that happens while an answer arrives. */
public sealed interface StreamEvent {
  /**
   * More of the answer.
   *
   * @param text what is added to the end; never empty
   */
  record TextDelta(String text) implements StreamEvent {}

  /**
   * The end of the answer.
   *
   * @param response all of it
   */
  record Finished(ChatResponse response) implements StreamEvent {}
}
