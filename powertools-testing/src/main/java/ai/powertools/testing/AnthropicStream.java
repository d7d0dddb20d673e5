package ai.powertools.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The events of a message of Anthropic's: blocks one after the other, each begun, filled and ended.
 */
final class AnthropicStream implements AnswerStream {
  private final Reply reply;
  private int block = -1;
  private String open = "";

  AnthropicStream(Reply reply) {
    this.reply = reply;
  }

  @Override
  public String type() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public String open() {
    ObjectNode message = AnthropicDialect.head(reply);
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence").putNull("stop_details");
    message.set("usage", AnthropicDialect.usage(reply, Math.min(1, reply.usage().completion())));
    ObjectNode start = Json.object().put("type", "message_start");
    start.set("message", message);
    return Json.typedEvent(start);
  }

  @Override
  public String reasoning(String piece) {
    ObjectNode empty =
        Json.object().put("type", "thinking").put("thinking", "").put("signature", "");
    return begin("thinking", empty)
        + delta(Json.object().put("type", "thinking_delta").put("thinking", piece));
  }

  @Override
  public String text(String piece) {
    return begin("text", Json.object().put("type", "text").put("text", "").putNull("citations"))
        + delta(Json.object().put("type", "text_delta").put("text", piece));
  }

  @Override
  public String toolCall(int index, SimulatedAnswer.ToolCall call) {
    ObjectNode empty = Json.object().put("type", "tool_use").put("id", reply.id("toolu_", index));
    empty.put("name", call.name()).putObject("input");
    StringBuilder events = new StringBuilder(begin("tool_use " + index, empty));
    events.append(inputDelta(""));
    Words.shreds(call.arguments()).forEach(shred -> events.append(inputDelta(shred)));
    return events.toString();
  }

  @Override
  public String close() {
    ObjectNode last = Json.object().put("type", "message_delta");
    AnthropicDialect.addStop(last.putObject("delta").putNull("container"), reply.answer().finish());
    ObjectNode usage = AnthropicDialect.inputUsage(reply.usage());
    usage.put("output_tokens", reply.usage().completion());
    usage.putNull("output_tokens_details").putNull("server_tool_use");
    AnthropicDialect.addThinking(usage, reply.usage().reasoning());
    last.set("usage", usage);
    return end()
        + Json.typedEvent(last)
        + Json.typedEvent(Json.object().put("type", "message_stop"));
  }

  @Override
  public String error(@Nullable String code, String message) {
    return Json.typedEvent(
        reply.call().vendor().error(new Problem(reply.number(), 500, code, message)));
  }

  /** Goes on with the block that is open, or ends it and begins another. */
  private String begin(String kind, ObjectNode empty) {
    if (open.equals(kind)) {
      return "";
    }
    String before = end();
    open = kind;
    block++;
    ObjectNode start = Json.object().put("type", "content_block_start").put("index", block);
    start.set("content_block", empty);
    String ping = block == 0 ? Json.typedEvent(Json.object().put("type", "ping")) : "";
    return before + Json.typedEvent(start) + ping;
  }

  private String end() {
    if (open.isEmpty()) {
      return "";
    }
    String signed = "";
    if (open.equals("thinking")) {
      signed =
          delta(
              Json.object()
                  .put("type", "signature_delta")
                  .put("signature", AnthropicDialect.SIGNATURE));
    }
    open = "";
    return signed
        + Json.typedEvent(Json.object().put("type", "content_block_stop").put("index", block));
  }

  private String inputDelta(String shred) {
    return delta(Json.object().put("type", "input_json_delta").put("partial_json", shred));
  }

  private String delta(ObjectNode delta) {
    ObjectNode event = Json.object().put("type", "content_block_delta").put("index", block);
    event.set("delta", delta);
    return Json.typedEvent(event);
  }
}
