package ai.powertools.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks for JSON of a schema, checks it, and lets the model mend it once. */
final class StructuredChat {
  /** More would bury what matters, and cost tokens. */
  private static final int COMPLAINTS = 8;

  private StructuredChat() {}

  static <T extends Record> StructuredResponse<T> ask(
      Function<ChatRequest, ChatResponse> chat, ChatRequest request, Class<T> type) {
    ResponseFormat format = ResponseFormat.of(type);
    ChatRequest asked = request.toBuilder().responseFormat(format).build();
    Reader<T> reader = new Reader<>(type, ((ResponseFormat.JsonSchema) format).schema());
    List<ChatResponse> responses = new ArrayList<>();
    while (true) {
      ChatResponse response = chat.apply(asked);
      responses.add(response);
      try {
        return new StructuredResponse<>(reader.read(response), responses);
      } catch (MisfitException misfit) {
        if (responses.size() > 1 || !misfit.mendable || response.content().isEmpty()) {
          throw failure(type, responses, misfit);
        }
        asked = asked.and(response.message(), Message.user(complaint(misfit)));
      }
    }
  }

  private static String complaint(MisfitException misfit) {
    return "That answer does not fit the required JSON schema: "
        + misfit.getMessage()
        + " Answer again, with the corrected JSON object and nothing else.";
  }

  private static StructuredOutputException failure(
      Class<?> type, List<ChatResponse> responses, MisfitException misfit) {
    ChatResponse last = responses.get(responses.size() - 1);
    return new StructuredOutputException(
        "%s:%s gave no %s in %d %s: %s%s"
            .formatted(
                last.provider(),
                last.model(),
                type.getSimpleName(),
                responses.size(),
                responses.size() == 1 ? "answer" : "answers",
                misfit.getMessage(),
                misfit.mendable
                    ? " Describe the components, or choose a model that keeps to schemas."
                    : ""),
        responses);
  }

  /** Reads answers as one type. */
  private record Reader<T>(Class<T> type, Schema schema) {
    Reader(Class<T> type, String schema) {
      this(
          type,
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(schema, InputFormat.JSON));
    }

    T read(ChatResponse response) throws MisfitException {
      switch (response.finishReason()) {
        case LENGTH ->
            throw new MisfitException("it was cut off. Allow more output tokens.", false);
        case REFUSAL, CONTENT_FILTER -> throw new MisfitException("it was refused.", false);
        default -> {}
      }
      JsonNode json = parsed(response.text());
      List<String> complaints =
          schema.validate(json).stream().map(error -> error.toString()).toList();
      if (!complaints.isEmpty()) {
        throw new MisfitException(
            complaints.stream().limit(COMPLAINTS).collect(Collectors.joining("; ")) + ".", true);
      }
      try {
        return JsonText.MAPPER.treeToValue(json, type);
      } catch (JsonProcessingException e) {
        throw new MisfitException(firstLine(e.getOriginalMessage()), true);
      }
    }

    private static JsonNode parsed(String text) throws MisfitException {
      String json = unfenced(text.strip());
      try {
        return JsonText.MAPPER.readTree(json);
      } catch (JsonProcessingException e) {
        throw new MisfitException("it is not JSON.", true);
      }
    }

    /** Models that are not held to JSON like to put it in a Markdown fence. */
    private static String unfenced(String text) {
      if (!text.startsWith("```") || !text.endsWith("```") || text.length() < 6) {
        return text;
      }
      int firstLine = text.indexOf('\n');
      return firstLine < 0 ? text : text.substring(firstLine + 1, text.length() - 3);
    }

    private static String firstLine(String message) {
      return message.lines().findFirst().orElse("");
    }
  }

  /** Why an answer does not fit. */
  private static final class MisfitException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean mendable;

    MisfitException(String message, boolean mendable) {
      super(message);
      this.mendable = mendable;
    }
  }
}
