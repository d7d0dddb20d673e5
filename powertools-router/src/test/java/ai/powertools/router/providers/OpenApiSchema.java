package ai.powertools.router.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One component of an OpenAPI document on its way to JSON Schema. */
final class OpenApiSchema {
  private static final Set<String> COPIED =
      Set.of(
          "type",
          "enum",
          "const",
          "required",
          "pattern",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties");

  /** They say nothing about what is valid, or are read elsewhere in this class. */
  private static final Set<String> IGNORED =
      Set.of(
          "title",
          "description",
          "default",
          "example",
          "examples",
          "deprecated",
          "discriminator",
          "format",
          "readOnly",
          "writeOnly",
          "nullable",
          "$recursiveAnchor");

  private final OpenApiComponent component;
  private final boolean overlapping;
  private final Set<OpenApiComponent> referred = new LinkedHashSet<>();

  /**
   * @param overlapping whether the component's own oneOf means anyOf
   */
  OpenApiSchema(OpenApiComponent component, boolean overlapping) {
    this.component = component;
    this.overlapping = overlapping;
  }

  ObjectNode of(ObjectNode schema) {
    return object(schema, component.open(), overlapping);
  }

  /** What the schema refers to; complete once it is converted. */
  Set<OpenApiComponent> referred() {
    return referred;
  }

  private JsonNode any(JsonNode schema, boolean open) {
    return schema.isBoolean() ? schema : object((ObjectNode) schema, open, false);
  }

  private ObjectNode object(ObjectNode schema, boolean open, boolean asAnyOf) {
    ObjectNode result = schema.objectNode();
    boolean composed = schema.has("allOf") || schema.has("properties");
    for (Map.Entry<String, JsonNode> entry : schema.properties()) {
      JsonNode value = entry.getValue();
      switch (entry.getKey()) {
        case "$ref" -> result.put("$ref", refer(value.textValue(), open));
        // An older draft's way to say "the schema that this is in".
        case "$recursiveRef" -> result.put("$ref", refer(component.name()));
        case "properties" -> result.set("properties", properties(value));
        case "items", "propertyNames" -> result.set(entry.getKey(), any(value, false));
        case "additionalProperties" -> {
          if (!open || !value.isBoolean() || value.booleanValue()) {
            result.set("additionalProperties", any(value, false));
          }
        }
        case "allOf" -> result.set("allOf", parts(value, true));
        case "anyOf" -> result.set("anyOf", parts(value, open || composed));
        case "oneOf" -> result.set(asAnyOf ? "anyOf" : "oneOf", parts(value, open || composed));
        default -> copy(entry.getKey(), value, result);
      }
    }
    // Where parts are put together, only the whole knows which properties are unknown.
    if (!open && composed && !schema.has("additionalProperties")) {
      result.put("unevaluatedProperties", false);
    }
    return schema.path("nullable").asBoolean() ? orNull(result) : result;
  }

  private String refer(String reference, boolean open) {
    OpenApiComponent target = OpenApiComponent.referred(reference, open);
    referred.add(target);
    return target.pointer();
  }

  private String refer(String name) {
    OpenApiComponent target = new OpenApiComponent(name, false);
    referred.add(target);
    return target.pointer();
  }

  private ObjectNode properties(JsonNode properties) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    properties.properties().forEach(p -> result.set(p.getKey(), any(p.getValue(), false)));
    return result;
  }

  private ArrayNode parts(JsonNode parts, boolean open) {
    ArrayNode result = JsonNodeFactory.instance.arrayNode();
    parts.forEach(part -> result.add(any(part, open)));
    return result;
  }

  /** A keyword that is new to us stops the test: skipped in silence, it would never bite. */
  private void copy(String keyword, JsonNode value, ObjectNode result) {
    if (COPIED.contains(keyword)) {
      result.set(keyword, value);
    } else if (!IGNORED.contains(keyword) && !keyword.startsWith("x-")) {
      throw new IllegalArgumentException(
          component.name() + " has a keyword that is not understood: " + keyword);
    }
  }

  private static ObjectNode orNull(ObjectNode schema) {
    ObjectNode result = schema.objectNode();
    result.putArray("anyOf").add(schema).addObject().put("type", "null");
    return result;
  }
}
