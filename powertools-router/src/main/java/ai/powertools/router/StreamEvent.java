package ai.powertools.router;

import ai.powertools.models.Usage;

/** Something that happens while an answer arrives. */
public sealed interface StreamEvent {
  /**
   * More of the answer's words.
   *
   * @param text what is added to the end; never empty
   */
  record TextDelta(String text) implements StreamEvent {}

  /**
   * More of the thoughts, where the vendor shows them.
   *
   * @param text what is added to the end; never empty
   */
  record ReasoningDelta(String text) implements StreamEvent {}

  /**
   * More of a tool call.
   *
   * @param index which of the answer's calls, from 0
   * @param id the call's id, the same in all its deltas
   * @param name the tool, the same in all its deltas
   * @param json what is added to the arguments; may be empty in the first delta of a call
   */
  record ToolCallDelta(int index, String id, String name, String json) implements StreamEvent {}

  /**
   * What the vendor says was used so far; later ones replace earlier ones.
   *
   * @param usage as reported until now, which may be the input alone
   */
  record UsageUpdate(Usage usage) implements StreamEvent {}

  /**
   * The end of the answer.
   *
   * @param response all of it
   */
  record Finished(ChatResponse response) implements StreamEvent {}

  /**
   * The end without a whole answer. Told to listeners, once, before the call throws it; the
   * iterator of a {@link ChatStream} throws it instead.
   *
   * @param error why
   */
  record Failed(RuntimeException error) implements StreamEvent {}
}
