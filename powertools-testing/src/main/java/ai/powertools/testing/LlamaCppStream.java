package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The chunks of a chat completion of llama.cpp; the last one has the timings. */
final class LlamaCppStream implements AnswerStream {
  private final Reply reply;

  LlamaCppStream(Reply reply) {
    this.reply = reply;
  }

  @Override
  public String type() {
    return "text/event-stream";
  }

  @Override
  public String open() {
    return Json.event(chunk(Json.object().put("role", "assistant").putNull("content"), null));
  }

  @Override
  public String reasoning(String piece) {
    return Json.event(chunk(Json.object().put("reasoning_content", piece), null));
  }

  @Override
  public String text(String piece) {
    return Json.event(chunk(Json.object().put("content", piece), null));
  }

  @Override
  public String toolCall(int index, SimulatedAnswer.ToolCall call) {
    ObjectNode first = Json.object();
    ObjectNode begun = OpenAiStream.toolDelta(first, index);
    begun.put("id", reply.id("call_", index)).put("type", "function");
    begun.putObject("function").put("name", call.name()).put("arguments", "");
    StringBuilder chunks = new StringBuilder(Json.event(chunk(first, null)));
    for (String shred : Words.shreds(call.arguments())) {
      ObjectNode more = Json.object();
      OpenAiStream.toolDelta(more, index).putObject("function").put("arguments", shred);
      chunks.append(Json.event(chunk(more, null)));
    }
    return chunks.toString();
  }

  @Override
  public String close() {
    ObjectNode last = chunk(Json.object(), OpenAiDialect.finish(reply));
    String before = "";
    if (reply.request().path("stream_options").path("include_usage").asBoolean(false)) {
      before = Json.event(last);
      last = LlamaCppDialect.head(reply);
      last.putArray("choices");
      last.set("usage", LlamaCppDialect.usage(reply.usage()));
    }
    last.set("timings", LlamaCppDialect.timings(reply));
    return before + Json.event(last) + "data: [DONE]\n\n";
  }

  @Override
  public String error(@Nullable String code, String message) {
    return Json.event(reply.call().vendor().error(new Problem(reply.number(), 500, code, message)));
  }

  private ObjectNode chunk(JsonNode delta, @Nullable String finish) {
    ObjectNode chunk = LlamaCppDialect.head(reply);
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("finish_reason", finish).put("index", 0).set("delta", delta);
    return chunk;
  }
}
