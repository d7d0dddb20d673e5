package ai.powertools.testing;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The chunks of a chat completion. */
final class OpenAiStream implements AnswerStream {
  private static final String TYPE = "text/event-stream; charset=utf-8";

  private final Reply reply;

  OpenAiStream(Reply reply) {
    this.reply = reply;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String open() {
    ObjectNode delta = Json.object().put("role", "assistant").put("content", "");
    return chunk(delta.putNull("refusal"), null);
  }

  @Override
  public String reasoning(String piece) {
    return "";
  }

  @Override
  public String text(String piece) {
    boolean refuses = reply.answer().finish() == Finish.REFUSAL;
    return chunk(Json.object().put(refuses ? "refusal" : "content", piece), null);
  }

  @Override
  public String toolCall(int index, SimulatedAnswer.ToolCall call) {
    ObjectNode first = Json.object();
    ObjectNode begun = toolDelta(first, index);
    begun.put("id", reply.id("call_", index)).put("type", "function");
    begun.putObject("function").put("name", call.name()).put("arguments", "");
    StringBuilder chunks = new StringBuilder(chunk(first, null));
    for (String shred : Words.shreds(call.arguments())) {
      ObjectNode more = Json.object();
      toolDelta(more, index).putObject("function").put("arguments", shred);
      chunks.append(chunk(more, null));
    }
    return chunks.toString();
  }

  static ObjectNode toolDelta(ObjectNode delta, int index) {
    return delta.putArray("tool_calls").addObject().put("index", index);
  }

  @Override
  public String close() {
    String end = chunk(Json.object(), OpenAiDialect.finish(reply));
    if (wantsUsage()) {
      ObjectNode last = OpenAiDialect.head(reply, "chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", OpenAiDialect.usage(reply.usage()));
      end += Json.event(last);
    }
    return end + "data: [DONE]\n\n";
  }

  @Override
  public String error(@Nullable String code, String message) {
    return Json.event(reply.call().vendor().error(new Problem(reply.number(), 500, code, message)));
  }

  private boolean wantsUsage() {
    return reply.request().path("stream_options").path("include_usage").asBoolean(false);
  }

  private String chunk(JsonNode delta, @Nullable String finish) {
    ObjectNode chunk = OpenAiDialect.head(reply, "chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("logprobs").put("finish_reason", finish);
    if (wantsUsage()) {
      chunk.putNull("usage");
    }
    return Json.event(chunk);
  }
}
