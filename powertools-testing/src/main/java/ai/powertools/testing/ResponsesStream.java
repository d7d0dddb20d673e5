package ai.powertools.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The events of a response: items one after the other, each added, filled and done, and around them
 * the response itself. All are numbered.
 */
final class ResponsesStream implements AnswerStream {
  private enum Kind {
    NONE,
    REASONING,
    MESSAGE
  }

  private final Reply reply;
  private final ResponseItems items;
  private final ArrayNode done = Json.object().arrayNode();
  private final StringBuilder said = new StringBuilder();
  private Kind open = Kind.NONE;
  private int sequence;

  ResponsesStream(Reply reply) {
    this.reply = reply;
    this.items = new ResponseItems(reply);
  }

  @Override
  public String type() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public String open() {
    return ofResponse("response.created", ResponsesDialect.begun(reply))
        + ofResponse("response.in_progress", ResponsesDialect.begun(reply));
  }

  @Override
  public String reasoning(String piece) {
    String events = "";
    if (open != Kind.REASONING) {
      events = end() + added(items.reasoningBegun());
      events += summaryPart("response.reasoning_summary_part.added", "");
      open = Kind.REASONING;
    }
    said.append(piece);
    ObjectNode delta = ofItem("response.reasoning_summary_text.delta", reply.id("rs_"));
    return events + write(delta.put("summary_index", 0).put("delta", piece));
  }

  @Override
  public String text(String piece) {
    String events = "";
    if (open != Kind.MESSAGE) {
      events = end() + added(items.messageBegun());
      events += contentPart("response.content_part.added", "");
      open = Kind.MESSAGE;
    }
    said.append(piece);
    return events + write(ofText("delta").put("delta", piece));
  }

  @Override
  public String toolCall(int index, SimulatedAnswer.ToolCall call) {
    String id = reply.id("fc_", index);
    StringBuilder events = new StringBuilder(end()).append(added(items.functionCallBegun(index)));
    for (String shred : Words.shreds(call.arguments())) {
      ObjectNode delta = ofItem("response.function_call_arguments.delta", id);
      events.append(write(delta.put("delta", shred)));
    }
    ObjectNode last = ofItem("response.function_call_arguments.done", id);
    last.put("name", call.name()).put("arguments", call.arguments());
    return events
        .append(write(last))
        .append(done(items.functionCall(index, call.arguments())))
        .toString();
  }

  @Override
  public String close() {
    String last = end();
    ObjectNode response = ResponsesDialect.finished(reply);
    response.set("output", done);
    return last + ofResponse("response." + response.path("status").asText(), response);
  }

  @Override
  public String error(@Nullable String code, String message) {
    ObjectNode response = ResponsesDialect.begun(reply).put("status", "failed");
    response
        .putObject("error")
        .put("code", Objects.requireNonNullElse(code, "server_error"))
        .put("message", message);
    response.set("output", done);
    return ofResponse("response.failed", response);
  }

  private String end() {
    Kind ended = open;
    open = Kind.NONE;
    String text = said.toString();
    said.setLength(0);
    return switch (ended) {
      case NONE -> "";
      case REASONING -> {
        ObjectNode last = ofItem("response.reasoning_summary_text.done", reply.id("rs_"));
        String events = write(last.put("summary_index", 0).put("text", text));
        events += summaryPart("response.reasoning_summary_part.done", text);
        yield events + done(items.reasoning(text));
      }
      case MESSAGE -> {
        String events = write(ofText("done").put(items.refuses() ? "refusal" : "text", text));
        events += contentPart("response.content_part.done", text);
        yield events + done(items.message(text));
      }
    };
  }

  private String added(ObjectNode item) {
    ObjectNode event = event("response.output_item.added").put("output_index", done.size());
    event.set("item", item);
    return write(event);
  }

  private String done(ObjectNode item) {
    ObjectNode event = event("response.output_item.done").put("output_index", done.size());
    event.set("item", item);
    done.add(item);
    return write(event);
  }

  private String summaryPart(String type, String text) {
    ObjectNode event = ofItem(type, reply.id("rs_")).put("summary_index", 0);
    event.set("part", items.summaryPart(text));
    return write(event);
  }

  private String contentPart(String type, String text) {
    ObjectNode event = ofItem(type, reply.id("msg_")).put("content_index", 0);
    event.set("part", items.messagePart(text));
    return write(event);
  }

  private ObjectNode ofText(String what) {
    String kind = items.refuses() ? "refusal" : "output_text";
    ObjectNode event = ofItem("response." + kind + "." + what, reply.id("msg_"));
    event.put("content_index", 0);
    if (!items.refuses()) {
      event.putArray("logprobs");
    }
    return event;
  }

  private String ofResponse(String type, ObjectNode response) {
    ObjectNode event = event(type);
    event.set("response", response);
    return write(event);
  }

  private ObjectNode ofItem(String type, String id) {
    return event(type).put("item_id", id).put("output_index", done.size());
  }

  private static ObjectNode event(String type) {
    return Json.object().put("type", type);
  }

  /** Numbers it, in the order in which it is written. */
  private String write(ObjectNode event) {
    return Json.typedEvent(event.put("sequence_number", sequence++));
  }
}
