package ai.powertools.models;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * As much of JSON Schema 2020-12 as our own schema uses; a keyword that it does not know is an
 * error of the test.
 */
final class SchemaRules {
  private static final Set<String> KNOWN =
      Set.of(
          "$schema",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "const",
          "enum",
          "minimum",
          "pattern",
          "required",
          "properties",
          "additionalProperties",
          "propertyNames",
          "minProperties",
          "items",
          "minItems",
          "uniqueItems",
          "oneOf");

  private final Map<String, Object> schema;

  SchemaRules(Map<String, Object> schema) {
    this.schema = schema;
  }

  /** What is wrong, each with its place. */
  List<String> errors(Object value) {
    List<String> errors = new ArrayList<>();
    check(schema, value, "", errors);
    return errors;
  }

  private void check(Map<String, Object> rule, Object value, String path, List<String> errors) {
    if (!KNOWN.containsAll(rule.keySet())) {
      throw new IllegalStateException("unknown keywords in " + rule.keySet());
    }
    if (rule.get("$ref") instanceof String ref) {
      Map<String, Object> defs = SharedData.object(schema.get("$defs"));
      check(SharedData.object(defs.get(ref.replace("#/$defs/", ""))), value, path, errors);
    }
    if (rule.get("type") instanceof String type && !isOf(type, value)) {
      errors.add(path + ": not " + type);
      return;
    }
    if (rule.containsKey("const") && !same(rule.get("const"), value)) {
      errors.add(path + ": not " + rule.get("const"));
    }
    if (rule.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      errors.add(path + ": not in enum");
    }
    if (value instanceof BigDecimal number
        && rule.get("minimum") instanceof BigDecimal least
        && number.compareTo(least) < 0) {
      errors.add(path + ": below " + least);
    }
    if (value instanceof String text
        && rule.get("pattern") instanceof String pattern
        && !Pattern.compile(pattern).matcher(text).find()) {
      errors.add(path + ": not " + pattern);
    }
    if (rule.get("oneOf") instanceof List<?> choices) {
      long fit = choices.stream().filter(choice -> fits(choice, value)).count();
      if (fit != 1) {
        errors.add(path + ": " + fit + " of oneOf");
      }
    }
    if (value instanceof Map<?, ?>) {
      checkObject(rule, SharedData.object(value), path, errors);
    }
    if (value instanceof List<?> list) {
      checkList(rule, list, path, errors);
    }
  }

  private boolean fits(Object choice, Object value) {
    List<String> errors = new ArrayList<>();
    check(SharedData.object(choice), value, "", errors);
    return errors.isEmpty();
  }

  private void checkObject(
      Map<String, Object> rule, Map<String, Object> value, String path, List<String> errors) {
    if (rule.get("required") instanceof List<?> required) {
      for (Object name : required) {
        if (!value.containsKey(name)) {
          errors.add(path + "/" + name + ": missing");
        }
      }
    }
    if (rule.get("minProperties") instanceof BigDecimal least && value.size() < least.intValue()) {
      errors.add(path + ": too few properties");
    }
    Map<?, ?> properties = rule.get("properties") instanceof Map<?, ?> map ? map : Map.of();
    value.forEach(
        (name, field) -> {
          String place = path + "/" + name;
          if (rule.get("propertyNames") instanceof Map<?, ?> names) {
            check(SharedData.object(names), name, place, errors);
          }
          if (properties.get(name) != null) {
            check(SharedData.object(properties.get(name)), field, place, errors);
          } else if (Boolean.FALSE.equals(rule.get("additionalProperties"))) {
            errors.add(place + ": not allowed");
          } else if (rule.get("additionalProperties") instanceof Map<?, ?> other) {
            check(SharedData.object(other), field, place, errors);
          }
        });
  }

  private void checkList(
      Map<String, Object> rule, List<?> value, String path, List<String> errors) {
    if (rule.get("minItems") instanceof BigDecimal least && value.size() < least.intValue()) {
      errors.add(path + ": too few items");
    }
    if (Boolean.TRUE.equals(rule.get("uniqueItems"))
        && new HashSet<>(value).size() < value.size()) {
      errors.add(path + ": not unique");
    }
    if (rule.get("items") != null) {
      for (int i = 0; i < value.size(); i++) {
        check(SharedData.object(rule.get("items")), value.get(i), path + "/" + i, errors);
      }
    }
  }

  private static boolean same(Object one, Object other) {
    if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    return one.equals(other);
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" ->
          value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalStateException("not used in our schema: " + type);
    };
  }
}
