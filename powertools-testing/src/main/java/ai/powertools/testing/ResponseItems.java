package ai.powertools.testing;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The items that a response of OpenAI's consists of, finished or just begun. */
final class ResponseItems {
  private static final String BEGUN = "in_progress";

  private final Reply reply;

  ResponseItems(Reply reply) {
    this.reply = reply;
  }

  boolean refuses() {
    return reply.answer().finish() == Finish.REFUSAL;
  }

  /** All of them, in the order in which a stream has them. */
  ArrayNode all() {
    SimulatedAnswer answer = reply.answer();
    ArrayNode items = Json.object().arrayNode();
    if (!answer.reasoning().isEmpty()) {
      items.add(reasoning(answer.reasoning()));
    }
    if (!answer.text().isEmpty()) {
      items.add(message(answer.text()));
    }
    for (int i = 0; i < answer.toolCalls().size(); i++) {
      items.add(functionCall(i, answer.toolCalls().get(i).arguments()));
    }
    return items;
  }

  ObjectNode reasoningBegun() {
    ObjectNode item = Json.object().put("id", reply.id("rs_")).put("type", "reasoning");
    item.putArray("summary");
    return item;
  }

  ObjectNode reasoning(String summary) {
    ObjectNode item = reasoningBegun();
    item.withArray("/summary").add(summaryPart(summary));
    return item;
  }

  ObjectNode summaryPart(String summary) {
    return Json.object().put("type", "summary_text").put("text", summary);
  }

  ObjectNode messageBegun() {
    ObjectNode item = Json.object().put("id", reply.id("msg_")).put("type", "message");
    item.put("status", BEGUN).put("role", "assistant").putArray("content");
    return item;
  }

  /** A message that reached the limit, or a filter, is not complete. */
  ObjectNode message(String text) {
    Finish finish = reply.answer().finish();
    boolean whole = finish != Finish.LENGTH && finish != Finish.CONTENT_FILTER;
    ObjectNode item = messageBegun().put("status", whole ? "completed" : "incomplete");
    item.withArray("/content").add(messagePart(text));
    return item;
  }

  ObjectNode messagePart(String text) {
    if (refuses()) {
      return Json.object().put("type", "refusal").put("refusal", text);
    }
    ObjectNode part = Json.object().put("type", "output_text").put("text", text);
    part.putArray("annotations");
    part.putArray("logprobs");
    return part;
  }

  ObjectNode functionCallBegun(int index) {
    return functionCall(index, "").put("status", BEGUN);
  }

  ObjectNode functionCall(int index, String arguments) {
    return Json.object()
        .put("id", reply.id("fc_", index))
        .put("type", "function_call")
        .put("status", "completed")
        .put("call_id", reply.id("call_", index))
        .put("name", reply.answer().toolCalls().get(index).name())
        .put("arguments", arguments);
  }
}
