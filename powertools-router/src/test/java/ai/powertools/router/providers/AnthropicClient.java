package ai.powertools.router.providers;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonNull;
import com.anthropic.core.JsonValue;
import com.anthropic.core.ObjectMappers;
import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges requests by the classes of the vendor's own Java client, which are made from a schema that
 * is not published.
 *
 * <p>They know types, required properties, enums and variants. Null passes for all that is optional
 * there; here it is a problem, since what is not meant can be left out.
 */
final class AnthropicClient {
  /**
   * Ranges, which the classes do not know, and what they lack: the client adds stream itself when
   * it calls; sampling it offers no more, but servers of the protocol do. Any model passes the
   * client, even one that is no text.
   */
  private static final String MORE =
      """
      {"properties": {
        "model": {"type": "string", "minLength": 1},
        "max_tokens": {"minimum": 0},
        "thinking": {"properties": {"budget_tokens": {"minimum": 1024}}},
        "stream": {"type": "boolean"},
        "temperature": {"type": "number", "minimum": 0, "maximum": 1},
        "top_p": {"type": "number", "minimum": 0, "maximum": 1},
        "top_k": {"type": "integer", "minimum": 0}}}""";

  /** Those of {@link #MORE} that the client's class for messages lacks. */
  private static final Set<String> ABSENT = Set.of("stream", "temperature", "top_p", "top_k");

  private final List<String> problems = new ArrayList<>();

  private AnthropicClient() {}

  static List<String> problemsOfMessages(JsonNode body) {
    JsonNode rest = body.deepCopy();
    if (rest instanceof ObjectNode object) {
      object.remove(ABSENT);
    }
    return problems(
        body,
        () ->
            ObjectMappers.jsonMapper()
                .treeToValue(rest, MessageCreateParams.Body.class)
                .validate());
  }

  static List<String> problemsOfCountTokens(JsonNode body) {
    return problems(
        body,
        () ->
            ObjectMappers.jsonMapper()
                .treeToValue(body, MessageCountTokensParams.Body.class)
                .validate());
  }

  @FunctionalInterface
  private interface Reading {
    Object read() throws JsonProcessingException;
  }

  private static List<String> problems(JsonNode body, Reading reading) {
    AnthropicClient referee = new AnthropicClient();
    referee.problems.addAll(VendorSchemas.problems(more(), body));
    try {
      referee.walk(reading.read(), "");
    } catch (JsonProcessingException | AnthropicInvalidDataException e) {
      referee.problems.add(String.valueOf(e.getMessage()));
    }
    return List.copyOf(referee.problems);
  }

  private static ObjectNode more() {
    try {
      return (ObjectNode) new ObjectMapper().readTree(MORE);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The client keeps what it does not know, silently; here every such property is a problem. */
  private void walk(Object part, String place) {
    if (part instanceof JsonNull) {
      problems.add(place + ": null");
    } else if (part instanceof JsonField<?> field && !(part instanceof JsonValue)) {
      field.asKnown().ifPresent(known -> walk(known, place));
    } else if (part instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        walk(list.get(i), place + "/" + i);
      }
    } else if (part.getClass().getName().startsWith("com.anthropic.models.")) {
      walkFields(part, place);
    }
  }

  private void walkFields(Object part, String place) {
    for (Field field : part.getClass().getDeclaredFields()) {
      Object value = Modifier.isStatic(field.getModifiers()) ? null : value(field, part);
      if (value instanceof Map<?, ?> unknown && field.getName().equals("additionalProperties")) {
        if (!free(part.getClass())) {
          unknown.keySet().forEach(key -> problems.add(place + ": unknown property " + key));
        }
      } else if (value != null) {
        walk(value, place + "/" + field.getName());
      }
    }
  }

  /** A map with a name has no property of its own; a tool's schema is any JSON Schema. */
  private static boolean free(Class<?> type) {
    return type == Tool.InputSchema.class
        || Arrays.stream(type.getDeclaredFields())
            .noneMatch(f -> JsonField.class.isAssignableFrom(f.getType()));
  }

  private static Object value(Field field, Object part) {
    try {
      field.setAccessible(true);
      return field.get(part);
    } catch (IllegalAccessException e) {
      throw new LinkageError("the client's classes are not as expected: " + field, e);
    }
  }
}
