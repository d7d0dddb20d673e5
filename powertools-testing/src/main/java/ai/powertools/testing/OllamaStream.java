package ai.powertools.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The lines of an answer of Ollama's. */
final class OllamaStream implements AnswerStream {
  private final Reply reply;

  OllamaStream(Reply reply) {
    this.reply = reply;
  }

  @Override
  public String type() {
    return "application/x-ndjson";
  }

  @Override
  public String open() {
    return "";
  }

  @Override
  public String reasoning(String piece) {
    return OllamaDialect.line(reply, "", piece).put("done", false) + "\n";
  }

  @Override
  public String text(String piece) {
    return OllamaDialect.line(reply, piece, "").put("done", false) + "\n";
  }

  @Override
  public String toolCall(int index, SimulatedAnswer.ToolCall call) {
    ObjectNode line = OllamaDialect.line(reply, "", "");
    if (line.path("message") instanceof ObjectNode message) {
      message.putArray("tool_calls").add(OllamaDialect.toolCall(reply, index, call));
    }
    return line.put("done", false) + "\n";
  }

  @Override
  public String close() {
    return OllamaDialect.finish(OllamaDialect.line(reply, "", ""), reply) + "\n";
  }

  @Override
  public String error(@Nullable String code, String message) {
    return reply.call().vendor().error(new Problem(reply.number(), 500, code, message)) + "\n";
  }
}
