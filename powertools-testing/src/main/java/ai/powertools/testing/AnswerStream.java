package ai.powertools.testing;

import org.jspecify.annotations.Nullable;

/**
 * Writes one answer piece by piece. Each method returns what goes over the wire now, which may be
 * nothing. Used by one thread, in the order of a real answer: reasoning, text, tool calls.
 */
interface AnswerStream {
  /** The content type. */
  String type();

  /** What it begins with, before the model has said anything. */
  String open();

  /** Some of what the model thinks. */
  String reasoning(String piece);

  /** Some of what the model says. */
  String text(String piece);

  /** All of a tool call. */
  String toolCall(int index, SimulatedAnswer.ToolCall call);

  /** The end of an answer that went well. */
  String close();

  /** An error that ends the answer. */
  String error(@Nullable String code, String message);
}
