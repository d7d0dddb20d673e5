package ai.powertools.testing;

import ai.powertools.testing.SimulatedAnswer.Finish;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Content as Google's Gemini API and Vertex write it. A chunk of a stream has the same shape as a
 * whole answer.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">the reference</a>
 */
final class GeminiDialect implements Dialect {
  /** Opaque to clients, who must send it back with the call it came with. */
  private static final String SIGNATURE = "c2ltdWxhdGVkLXNpZ25hdHVyZQ==";

  @Override
  public @Nullable String complaint(RecordedRequest request) {
    if (!request.body().isObject()) {
      return "Invalid JSON payload received.";
    }
    return request.body().path("contents").isEmpty()
        ? "* GenerateContentRequest.contents: contents is not specified"
        : null;
  }

  /** In the names of this API as in those of its definition, which it takes as well. */
  @Override
  public Prompt prompt(JsonNode request) {
    List<Prompt.Said> said = new ArrayList<>();
    for (JsonNode content : request.path("contents")) {
      // Content without a role is the user's.
      said.add(new Prompt.Said(content.path("role").asText("user"), text(content)));
    }
    String system = text(request.path("systemInstruction"));
    return new Prompt(said).withSystem(system + text(request.path("system_instruction")));
  }

  static String text(JsonNode content) {
    return Prompt.text(content.path("parts"));
  }

  @Override
  public JsonNode whole(Reply reply) {
    SimulatedAnswer answer = reply.answer();
    ObjectNode body = Json.object();
    if (promptIsBlocked(reply)) {
      addBlock(body);
    } else {
      ObjectNode candidate = body.putArray("candidates").addObject();
      ObjectNode content = candidate.putObject("content");
      ArrayNode parts = content.putArray("parts");
      if (!answer.reasoning().isEmpty()) {
        parts.addObject().put("text", answer.reasoning()).put("thought", true);
      }
      if (!answer.text().isEmpty() || answer.toolCalls().isEmpty()) {
        parts.add(text(reply, answer.text()));
      }
      for (int i = 0; i < answer.toolCalls().size(); i++) {
        parts.add(functionCall(reply, i, answer.toolCalls().get(i)));
      }
      content.put("role", "model");
      addFinish(candidate, answer.finish());
      candidate.put("index", 0);
    }
    addTail(body, reply, reply.usage());
    return body;
  }

  @Override
  public AnswerStream stream(Reply reply) {
    return new GeminiStream(
        reply, reply.call().request().queryParameter("alt").orElse("").equals("sse"));
  }

  static boolean promptIsBlocked(Reply reply) {
    SimulatedAnswer answer = reply.answer();
    return answer.finish() == Finish.CONTENT_FILTER && answer.text().isEmpty();
  }

  static void addBlock(ObjectNode body) {
    body.putObject("promptFeedback").put("blockReason", "SAFETY");
  }

  /**
   * The signature of thoughts that lead to no call is on the text, at the end of it in a stream.
   */
  static ObjectNode text(Reply reply, String text) {
    ObjectNode part = Json.object().put("text", text);
    SimulatedAnswer answer = reply.answer();
    boolean signs = !answer.reasoning().isEmpty() && answer.toolCalls().isEmpty();
    return signs ? part.put("thoughtSignature", SIGNATURE) : part;
  }

  /** Calls come whole; the first one carries the signature of the thoughts before it. */
  static ObjectNode functionCall(Reply reply, int index, SimulatedAnswer.ToolCall call) {
    ObjectNode part = Json.object();
    part.putObject("functionCall")
        .put("id", reply.id("call_", index))
        .put("name", call.name())
        .set("args", Json.objectOf(call.arguments()));
    boolean signs = !reply.answer().reasoning().isEmpty() && index == 0;
    return signs ? part.put("thoughtSignature", SIGNATURE) : part;
  }

  static void addFinish(ObjectNode candidate, Finish finish) {
    String reason =
        switch (finish) {
          case LENGTH -> "MAX_TOKENS";
          case CONTENT_FILTER -> "SAFETY";
          case STOP, TOOL_CALLS, REFUSAL, PAUSE_TURN -> "STOP";
        };
    candidate.put("finishReason", reason);
    if (finish == Finish.CONTENT_FILTER) {
      candidate
          .putArray("safetyRatings")
          .addObject()
          .put("category", "HARM_CATEGORY_DANGEROUS_CONTENT")
          .put("probability", "HIGH")
          .put("blocked", true);
    }
  }

  /** What was cached is in the prompt; thoughts are beside the candidates, not in them. */
  static void addTail(ObjectNode body, Reply reply, SimulatedUsage used) {
    ObjectNode usage = body.putObject("usageMetadata").put("promptTokenCount", used.prompt());
    if (used.said() > 0) {
      usage.put("candidatesTokenCount", used.said());
    }
    usage.put("totalTokenCount", used.total());
    if (used.cached() > 0) {
      usage.put("cachedContentTokenCount", used.cached());
    }
    addTextDetails(usage, "promptTokensDetails", used.prompt());
    if (used.reasoning() > 0) {
      usage.put("thoughtsTokenCount", used.reasoning());
    }
    body.put("modelVersion", reply.model()).put("responseId", reply.id(""));
  }

  static void addTextDetails(ObjectNode usage, String name, int tokens) {
    usage.putArray(name).addObject().put("modality", "TEXT").put("tokenCount", tokens);
  }
}
