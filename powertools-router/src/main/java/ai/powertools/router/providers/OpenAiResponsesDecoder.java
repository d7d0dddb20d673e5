package ai.powertools.router.providers;

import ai.powertools.models.UsageReader;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Media;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads OpenAI's responses, whole or event by event. */
final class OpenAiResponsesDecoder implements Decoder {
  /** The index of an item where an event has none. */
  private static final int UNSAID = -1;

  private final Exchange exchange;
  private final Answer answer;

  /** Items that came piece by piece, by their index. */
  private final Set<Integer> told = new HashSet<>();

  private String model = "";
  private boolean begun;
  private boolean refused;
  private boolean ended;

  OpenAiResponsesDecoder(Exchange exchange, Answer answer) {
    this.exchange = exchange;
    this.answer = answer;
  }

  @Override
  public void whole(JsonNode body) {
    if (!body.path("output").isArray() && body.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(body));
    }
    begun = body.path("output").isArray();
    int index = 0;
    for (JsonNode item : body.path("output")) {
      item(item, index++);
    }
    end(body);
  }

  private void item(JsonNode item, int index) {
    switch (Json.text(item, "type")) {
      case "message" -> {
        for (JsonNode part : item.path("content")) {
          answer.text(Json.text(part, "text"));
          refusal(Json.text(part, "refusal"));
        }
      }
      case "function_call" ->
          answer.toolCall(
              index,
              Json.text(item, "call_id"),
              Json.text(item, "name"),
              Json.text(item, "arguments"));
      case "reasoning" -> {
        answer.beginReasoning();
        for (JsonNode part : item.path("summary")) {
          answer.reasoning(Json.text(part, "text"));
        }
        for (JsonNode part : item.path("content")) {
          answer.reasoning(Json.text(part, "text"));
        }
        state(item);
      }
      default -> other(item);
    }
  }

  @Override
  public void event(String name, byte[] data, int length) throws IOException {
    if (length == 6 && data[0] == '[') {
      ended = true; // some gateways end with [DONE]
      return;
    }
    JsonNode event = Json.parse(data, 0, length);
    String type = Json.text(event, "type");
    int index = event.path("output_index").asInt(UNSAID);
    switch (type.isEmpty() ? name : type) {
      case "error" -> throw exchange.failure(VendorError.ofBody(event));
      case "response.created", "response.in_progress" -> {
        begun = true;
        head(event.path("response"));
      }
      case "response.output_item.added" -> added(event.path("item"), index);
      case "response.output_text.delta" -> {
        told.add(index);
        answer.text(Json.text(event, "delta"));
      }
      case "response.refusal.delta" -> {
        told.add(index);
        refusal(Json.text(event, "delta"));
      }
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          answer.reasoning(Json.text(event, "delta"));
      case "response.function_call_arguments.delta" -> {
        told.add(index);
        answer.toolCall(index, "", "", Json.text(event, "delta"));
      }
      case "response.output_item.done" -> done(event.path("item"), index);
      case "response.completed", "response.incomplete", "response.failed" -> {
        begun = true;
        ended = true;
        end(event.path("response"));
      }
      default -> {} // parts that are told of again, and what is not known yet
    }
  }

  private void added(JsonNode item, int index) {
    switch (Json.text(item, "type")) {
      case "function_call" -> {
        String arguments = Json.text(item, "arguments");
        if (!arguments.isEmpty()) {
          told.add(index);
        }
        answer.toolCall(index, Json.text(item, "call_id"), Json.text(item, "name"), arguments);
      }
      case "reasoning" -> answer.beginReasoning();
      default -> {} // its end tells all of it
    }
  }

  private void done(JsonNode item, int index) {
    switch (Json.text(item, "type")) {
      case "message", "function_call" -> {
        if (!told.contains(index) && !told.contains(UNSAID)) {
          item(item, index); // some gateways tell it whole only
        }
      }
      case "reasoning" -> state(item);
      default -> other(item);
    }
  }

  private void state(JsonNode item) {
    Map<String, String> fields = new HashMap<>();
    for (String field : new String[] {"id", "encrypted_content"}) {
      String value = Json.text(item, field);
      if (!value.isEmpty()) {
        fields.put(field, value);
      }
    }
    answer.reasoningState(new Content.VendorState(OpenAiResponsesRequest.API, fields));
  }

  private void other(JsonNode item) {
    String image = Json.text(item, "result");
    if (Json.text(item, "type").equals("image_generation_call") && !image.isEmpty()) {
      String format = Json.text(item, "output_format");
      try {
        answer.part(
            new Content.Image(
                Media.ofBase64(image, "image/" + (format.isEmpty() ? "png" : format))));
      } catch (IllegalArgumentException e) {
        throw AnswerReader.malformed(exchange, "an image in it is none");
      }
    } else if (item.isObject()) {
      answer.part(
          new Content.VendorPart(
              new Content.VendorState(
                  OpenAiResponsesRequest.API, Map.of("json", item.toString()))));
    }
  }

  private void refusal(String text) {
    refused |= !text.isEmpty();
    answer.text(text);
  }

  private void head(JsonNode response) {
    if (model.isEmpty()) {
      model = Json.text(response, "model");
      answer.report().responseId(Json.text(response, "id"));
    }
  }

  private void end(JsonNode response) {
    head(response);
    answer.report().serviceTier(Json.text(response, "service_tier"));
    if (response.path("usage").isObject()) {
      answer
          .report()
          .usage(UsageReader.openAiResponses(), billed(response), response.path("usage"));
      answer.report().usage().ifPresent(answer::used);
    }
    if (response.hasNonNull("error")) {
      throw exchange.failure(VendorError.ofBody(response));
    }
    String reason = Json.text(response.path("incomplete_details"), "reason");
    answer.report().finishReason(reason.isEmpty() ? Json.text(response, "status") : reason);
  }

  /** Of the answer, what is charged for: the numbers, and the items of the vendor's own tools. */
  private static ObjectNode billed(JsonNode response) {
    ObjectNode body = Json.object();
    for (String field : new String[] {"model", "service_tier", "usage"}) {
      body.set(field, response.path(field));
    }
    ArrayNode output = body.putArray("output");
    for (JsonNode item : response.path("output")) {
      String type = Json.text(item, "type");
      if (type.endsWith("_call") && !type.equals("function_call") && !item.has("result")) {
        output.add(item);
      }
    }
    return body;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public boolean isWhole() {
    return ended;
  }

  @Override
  public ChatResponse response(Optional<String> requestId) {
    if (!begun) {
      throw AnswerReader.malformed(exchange, "it has no output");
    }
    return answer.response(model, reason(), requestId);
  }

  private FinishReason reason() {
    if (refused) {
      return FinishReason.REFUSAL;
    }
    return switch (answer.report().finishReason()) {
      case "completed", "" -> answer.hasToolCalls() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
      case "max_output_tokens" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }
}
