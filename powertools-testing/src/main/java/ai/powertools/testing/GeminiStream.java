package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of content, as server-sent events or as the elements of one JSON array. Each has the
 * usage so far.
 */
final class GeminiStream implements AnswerStream {
  private final Reply reply;
  private final boolean events;
  private boolean begun;
  private int thought;
  private int said;

  GeminiStream(Reply reply, boolean events) {
    this.reply = reply;
    this.events = events;
  }

  @Override
  public String type() {
    return events ? "text/event-stream" : "application/json; charset=UTF-8";
  }

  @Override
  public String open() {
    return "";
  }

  @Override
  public String reasoning(String piece) {
    thought = Math.min(thought + 1, reply.usage().reasoning());
    return chunk(Json.object().put("text", piece).put("thought", true));
  }

  @Override
  public String text(String piece) {
    said = Math.min(said + 1, reply.usage().said());
    return chunk(Json.object().put("text", piece));
  }

  @Override
  public String toolCall(int index, SimulatedAnswer.ToolCall call) {
    return chunk(GeminiDialect.functionCall(reply, index, call));
  }

  @Override
  public String close() {
    ObjectNode body = Json.object();
    if (GeminiDialect.promptIsBlocked(reply)) {
      GeminiDialect.addBlock(body);
    } else {
      ObjectNode candidate = candidate(body, GeminiDialect.text(reply, ""));
      GeminiDialect.addFinish(candidate, reply.answer().finish());
    }
    GeminiDialect.addTail(body, reply, reply.usage());
    return element(body) + (events ? "" : "]");
  }

  @Override
  public String error(@Nullable String code, String message) {
    JsonNode body = reply.call().vendor().error(new Problem(reply.number(), 500, code, message));
    return element(body) + (events ? "" : "]");
  }

  private String chunk(JsonNode part) {
    ObjectNode body = Json.object();
    candidate(body, part);
    SimulatedUsage all = reply.usage();
    SimulatedUsage soFar =
        new SimulatedUsage(all.prompt(), all.cached(), all.cacheWrite(), thought + said, thought);
    GeminiDialect.addTail(body, reply, soFar);
    return element(body);
  }

  private static ObjectNode candidate(ObjectNode body, JsonNode part) {
    ObjectNode candidate = body.putArray("candidates").addObject();
    ObjectNode content = candidate.putObject("content");
    content.putArray("parts").add(part);
    content.put("role", "model");
    return candidate.put("index", 0);
  }

  private String element(JsonNode body) {
    if (events) {
      return "data: " + body + "\r\n\r\n";
    }
    String before = begun ? ",\r\n" : "[";
    begun = true;
    return before + body;
  }
}
