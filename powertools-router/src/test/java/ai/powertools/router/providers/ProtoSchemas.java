package ai.powertools.router.providers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JSON Schemas of proto messages, by the JSON mapping of proto3.
 *
 * <p>Of the forms that a server reads only the usual one passes: names in lowerCamelCase, enums by
 * name, 32-bit numbers as numbers, no null. What is required may not be empty either where proto3
 * can't tell the two apart.
 */
final class ProtoSchemas {
  private static final String ROOT = "(request)";

  private final ProtoPackage messages;

  ProtoSchemas(ProtoPackage messages) {
    this.messages = messages;
  }

  /** The message as the body of a call, where what stands in the path need not be. */
  ObjectNode schema(String request) {
    Deque<String> todo = new ArrayDeque<>();
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$ref", "#/$defs/" + ROOT);
    ObjectNode definitions = schema.putObject("$defs");
    Set<String> inPath = messages.inPath.getOrDefault(request, Set.of());
    definitions.set(ROOT, message(request, inPath, todo));
    while (!todo.isEmpty()) {
      String next = todo.remove();
      if (!definitions.has(next)) {
        definitions.set(next, definition(next, todo));
      }
    }
    return schema;
  }

  private ObjectNode definition(String name, Deque<String> todo) {
    if (!messages.enums.containsKey(name)) {
      return message(name, Set.of(), todo);
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    messages.enums.get(name).forEach(result.putArray("enum")::add);
    return result;
  }

  private ObjectNode message(String name, Set<String> notRequired, Deque<String> todo) {
    if (!messages.messages.containsKey(name)) {
      throw new IllegalArgumentException("there is no message " + name);
    }
    ObjectNode result = typed("object").put("additionalProperties", false);
    ObjectNode properties = result.putObject("properties");
    ArrayNode required = result.putArray("required");
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (ProtoField field : messages.messages.get(name)) {
      properties.set(field.jsonName(), field(name, field, todo));
      if (field.required() && !notRequired.contains(field.jsonName())) {
        required.add(field.jsonName());
      }
      if (!field.oneof().isEmpty()) {
        groups.computeIfAbsent(field.oneof(), g -> new ArrayList<>()).add(field.jsonName());
      }
    }
    groups.values().forEach(group -> exclude(group, result));
    return result;
  }

  private static void exclude(List<String> group, ObjectNode message) {
    ArrayNode rules = message.withArray("allOf");
    for (int i = 0; i < group.size(); i++) {
      for (int k = i + 1; k < group.size(); k++) {
        rules.addObject().putObject("not").putArray("required").add(group.get(i)).add(group.get(k));
      }
    }
  }

  private ObjectNode field(String scope, ProtoField field, Deque<String> todo) {
    ObjectNode value = value(scope, field.type(), todo);
    switch (field.form()) {
      case REPEATED -> {
        ObjectNode array = typed("array");
        array.set("items", value);
        return field.required() ? array.put("minItems", 1) : array;
      }
      case MAP -> {
        ObjectNode map = typed("object");
        map.set("additionalProperties", value);
        return map;
      }
      case SINGLE -> {}
    }
    return field.required() && field.type().equals("string") ? value.put("minLength", 1) : value;
  }

  private ObjectNode value(String scope, String type, Deque<String> todo) {
    return switch (type) {
      case "string", "google.protobuf.FieldMask" -> typed("string");
      case "bool" -> typed("boolean");
      case "double", "float" -> typed("number");
      case "int32" ->
          typed("integer").put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
      case "uint32" -> typed("integer").put("minimum", 0).put("maximum", (1L << 32) - 1);
      case "int64", "uint64" -> longValue();
      case "bytes" -> typed("string").put("pattern", "^[A-Za-z0-9+/_-]*={0,2}$");
      case "google.protobuf.Struct" -> typed("object");
      case "google.protobuf.ListValue" -> typed("array");
      case "google.protobuf.Value" -> JsonNodeFactory.instance.objectNode();
      case "google.protobuf.Duration" -> typed("string").put("pattern", "^-?\\d+(\\.\\d{1,9})?s$");
      case "google.protobuf.Timestamp" ->
          typed("string")
              .put(
                  "pattern",
                  "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)$");
      // From other packages, which our data does not have.
      case "google.type.LatLng" -> pair("latitude", "longitude", typed("number"));
      case "google.type.Interval" ->
          pair("startTime", "endTime", value(scope, "google.protobuf.Timestamp", todo));
      default -> reference(messages.resolve(scope, type), todo);
    };
  }

  private static ObjectNode reference(String name, Deque<String> todo) {
    todo.add(name);
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/" + name);
  }

  private static ObjectNode longValue() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.putArray("type").add("integer").add("string");
    return result.put("pattern", "^-?\\d+$");
  }

  private static ObjectNode pair(String first, String second, ObjectNode value) {
    ObjectNode result = typed("object").put("additionalProperties", false);
    ObjectNode properties = result.putObject("properties");
    properties.set(first, value);
    properties.set(second, value);
    return result;
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
