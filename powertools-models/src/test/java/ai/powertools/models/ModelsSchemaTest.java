package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The published schema describes the bundled file, and knows the same fields as the loader. */
class ModelsSchemaTest {
  private final Map<String, Object> schema = resource("models.schema.json");
  private final Map<String, Object> file = resource("models.json");

  @Test
  void describesTheBundledFile() {
    assertThat(errors(schema, file, "")).isEmpty();
  }

  @Test
  void findsWhatIsWrongWithARow() {
    Map<String, Object> row =
        new HashMap<>(SharedData.object(((List<?>) file.get("models")).get(0)));
    row.put("contextTokens", "many");
    row.put("price", "1");
    row.remove("asOf");
    row.put("tokenizer", "none");
    row.put("source", "ftp://acme.example");

    assertThat(errors(schema, Map.of("version", BigDecimal.ONE, "models", List.of(row)), ""))
        .containsExactlyInAnyOrder(
            "/models/0/contextTokens: not integer",
            "/models/0/price: not allowed",
            "/models/0/asOf: missing",
            "/models/0/tokenizer: not in enum",
            "/models/0/source: not ^https://");
  }

  @Test
  void listsEveryTokenizer() {
    Map<String, Object> model =
        SharedData.object(SharedData.object(schema.get("$defs")).get("model"));
    Object tokenizer = SharedData.object(model.get("properties")).get("tokenizer");

    assertThat(SharedData.object(tokenizer).get("enum"))
        .isEqualTo(
            Arrays.stream(Tokenizer.values()).map(t -> t.name().toLowerCase(Locale.ROOT)).toList());
  }

  /** As much of JSON Schema as ours uses. */
  private List<String> errors(Map<String, Object> rule, Object value, String path) {
    List<String> errors = new ArrayList<>();
    if (rule.get("$ref") instanceof String ref) {
      Map<String, Object> defs = SharedData.object(schema.get("$defs"));
      errors.addAll(errors(SharedData.object(defs.get(ref.replace("#/$defs/", ""))), value, path));
    }
    if (rule.get("type") instanceof String type && !isOf(type, value)) {
      errors.add(path + ": not " + type);
      return errors;
    }
    if (rule.containsKey("const") && !rule.get("const").equals(value)) {
      errors.add(path + ": not " + rule.get("const"));
    }
    if (rule.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      errors.add(path + ": not in enum");
    }
    if (rule.get("minimum") instanceof BigDecimal least
        && value instanceof BigDecimal number
        && number.compareTo(least) < 0) {
      errors.add(path + ": below " + least);
    }
    if (rule.get("pattern") instanceof String pattern
        && !Pattern.compile(pattern).matcher((String) value).find()) {
      errors.add(path + ": not " + pattern);
    }
    if (rule.get("required") instanceof List<?> required) {
      for (Object name : required) {
        if (!SharedData.object(value).containsKey(name)) {
          errors.add(path + "/" + name + ": missing");
        }
      }
    }
    if (rule.get("properties") instanceof Map<?, ?> properties) {
      SharedData.object(value)
          .forEach(
              (name, field) -> {
                Object inner = properties.get(name);
                if (inner == null) {
                  errors.add(path + "/" + name + ": not allowed");
                } else {
                  errors.addAll(errors(SharedData.object(inner), field, path + "/" + name));
                }
              });
    }
    if (rule.get("items") != null) {
      List<?> items = (List<?>) value;
      for (int i = 0; i < items.size(); i++) {
        errors.addAll(errors(SharedData.object(rule.get("items")), items.get(i), path + "/" + i));
      }
    }
    return errors;
  }

  private static boolean isOf(String type, Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "integer" ->
          value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0;
      default -> throw new IllegalStateException("not used in our schema: " + type);
    };
  }

  private static Map<String, Object> resource(String name) {
    try (InputStream in = ModelsFile.class.getResourceAsStream(name)) {
      return SharedData.object(Json.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
