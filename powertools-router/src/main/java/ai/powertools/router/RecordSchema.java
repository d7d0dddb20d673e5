package ai.powertools.router;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of a record, of the kind that vendors take strictly: every component is required,
 * and nothing else is allowed. A component may be missing if it is an {@code Optional}, which is
 * null then. Names and descriptions come from Jackson's annotations.
 */
final class RecordSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Class<? extends Record> root;
  private final Deque<Class<?>> open = new ArrayDeque<>();

  /** Records that have themselves inside, by the name that they are referred to by. */
  private final Map<String, Class<?>> recursive = new LinkedHashMap<>();

  private RecordSchema(Class<? extends Record> root) {
    this.root = root;
  }

  /**
   * The schema, as JSON.
   *
   * @throws IllegalArgumentException if a component has a type that is not described, with its name
   */
  static String of(Class<? extends Record> type) {
    return new RecordSchema(type).whole().toString();
  }

  private ObjectNode whole() {
    ObjectNode schema = record(root, root.getSimpleName());
    ObjectNode definitions = NODES.objectNode();
    // Describing one may find another.
    while (definitions.size() < recursive.size()) {
      for (Map.Entry<String, Class<?>> entry : Map.copyOf(recursive).entrySet()) {
        if (!definitions.has(entry.getKey())) {
          definitions.set(entry.getKey(), record(entry.getValue(), entry.getKey()));
        }
      }
    }
    if (!definitions.isEmpty()) {
      schema.set("$defs", definitions);
    }
    return schema;
  }

  private ObjectNode record(Class<?> type, String where) {
    open.push(type);
    ObjectNode schema = NODES.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component, type);
      ObjectNode property = of(component.getGenericType(), where + "." + component.getName());
      description(component, type).ifPresent(text -> property.put("description", text));
      properties.set(name, property);
      required.add(name);
    }
    schema.put("additionalProperties", false);
    open.pop();
    return schema;
  }

  private ObjectNode of(Type type, String where) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain, where);
    }
    if (type instanceof GenericArrayType array) {
      return array(array.getGenericComponentType(), where);
    }
    if (type instanceof ParameterizedType parameterized
        && parameterized.getRawType() instanceof Class<?> raw) {
      Type[] arguments = parameterized.getActualTypeArguments();
      if (raw == Optional.class) {
        return nullable(of(arguments[0], where));
      }
      if (Collection.class.isAssignableFrom(raw) && arguments.length == 1) {
        return array(arguments[0], where);
      }
      if (Map.class.isAssignableFrom(raw)
          && arguments.length == 2
          && arguments[0] == String.class) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        schema.set("additionalProperties", of(arguments[1], where));
        return schema;
      }
    }
    throw undescribed(type, where);
  }

  private ObjectNode ofClass(Class<?> type, String where) {
    if (type.isRecord()) {
      return open.contains(type) ? reference(type) : record(type, where);
    }
    if (type.isEnum()) {
      ObjectNode schema = NODES.objectNode().put("type", "string");
      ArrayNode names = schema.putArray("enum");
      for (Object constant : type.getEnumConstants()) {
        names.add(JsonText.MAPPER.convertValue(constant, String.class));
      }
      return schema;
    }
    if (type.isArray() && type != byte[].class) {
      return array(type.getComponentType(), where);
    }
    ObjectNode scalar = scalar(type);
    if (scalar == null) {
      throw undescribed(type, where);
    }
    return scalar;
  }

  private static @Nullable ObjectNode scalar(Class<?> type) {
    ObjectNode schema = NODES.objectNode();
    return switch (type.getName()) {
      case "java.lang.String", "java.net.URI", "java.util.UUID", "java.time.Duration", "char" ->
          schema.put("type", "string");
      case "java.time.LocalDate" -> schema.put("type", "string").put("format", "date");
      case "java.time.Instant", "java.time.OffsetDateTime", "java.time.ZonedDateTime" ->
          schema.put("type", "string").put("format", "date-time");
      case "boolean", "java.lang.Boolean" -> schema.put("type", "boolean");
      case "byte",
          "short",
          "int",
          "long",
          "java.lang.Byte",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.math.BigInteger" ->
          schema.put("type", "integer");
      case "float", "double", "java.lang.Float", "java.lang.Double", "java.math.BigDecimal" ->
          schema.put("type", "number");
      default -> {
        if (type == OptionalInt.class || type == OptionalLong.class) {
          yield nullable(schema.put("type", "integer"));
        }
        yield type == OptionalDouble.class ? nullable(schema.put("type", "number")) : null;
      }
    };
  }

  private ObjectNode array(Type element, String where) {
    ObjectNode schema = NODES.objectNode().put("type", "array");
    schema.set("items", of(element, where + "[]"));
    return schema;
  }

  private static ObjectNode nullable(ObjectNode schema) {
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private ObjectNode reference(Class<?> type) {
    if (type == root) {
      return NODES.objectNode().put("$ref", "#");
    }
    recursive.put(type.getSimpleName(), type);
    return NODES.objectNode().put("$ref", "#/$defs/" + type.getSimpleName());
  }

  private static String name(RecordComponent component, Class<?> type) {
    return annotation(component, type, JsonProperty.class)
        .map(JsonProperty::value)
        .filter(name -> !name.isEmpty())
        .orElse(component.getName());
  }

  private static Optional<String> description(RecordComponent component, Class<?> type) {
    return annotation(component, type, JsonPropertyDescription.class)
        .map(JsonPropertyDescription::value);
  }

  /** Jackson's annotations may stand on a component, but are only kept on its field or accessor. */
  private static <A extends Annotation> Optional<A> annotation(
      RecordComponent component, Class<?> type, Class<A> kind) {
    AnnotatedElement accessor = component.getAccessor();
    A found = accessor.getAnnotation(kind);
    if (found == null) {
      try {
        found = type.getDeclaredField(component.getName()).getAnnotation(kind);
      } catch (NoSuchFieldException e) {
        throw new IllegalStateException("A record without the field of its component", e);
      }
    }
    return Optional.ofNullable(found);
  }

  private static IllegalArgumentException undescribed(Type type, String where) {
    return new IllegalArgumentException(
        where
            + " is a "
            + type.getTypeName()
            + ", which no schema describes. Use text, numbers, booleans, enums, records, dates of"
            + " java.time, and collections, arrays, maps by String or Optional of these.");
  }
}
