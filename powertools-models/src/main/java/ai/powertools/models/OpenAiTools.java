package ai.powertools.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tools of a prompt to OpenAI, by section 7 of its cookbook's <a
 * href="https://github.com/openai/openai-cookbook/blob/main/examples/How_to_count_tokens_with_tiktoken.ipynb">How
 * to count tokens with tiktoken</a>: for each function 7 tokens (GPT-4o) or 10 (GPT-4, GPT-3.5) and
 * {@code name:description}; 3 if it has properties; for each property 3 and {@code
 * name:type:description}; for an enumeration 3 less, and 3 and its text for each value; 12 at the
 * end of all functions. A full stop at the end of a description is not counted.
 *
 * <p>The cookbook looks at the first level only; deeper ones are counted by the same numbers here.
 * The bound adds margins, which are ours, and a token for each byte of what the formula does not
 * see.
 *
 * @param perFunction tokens that open a function
 */
record OpenAiTools(int perFunction) implements ToolTemplate {
  private static final int PER_PROPERTIES = 3;
  private static final int PER_PROPERTY = 3;
  private static final int PER_ENUMERATION = -3;
  private static final int PER_VALUE = 3;
  private static final int AT_END = 12;

  private static final int MARGIN = 16;
  private static final int MARGIN_PER_FUNCTION = 8;
  private static final int MARGIN_PER_PROPERTY = 4;

  /** What is counted, or is written with a property at no more than its margin. */
  private static final Set<String> SEEN =
      Set.of("type", "description", "enum", "properties", "required");

  private static final Set<String> SUBSCHEMAS =
      Set.of("items", "additionalProperties", "anyOf", "oneOf", "allOf");

  private static final Set<String> NAMED_SUBSCHEMAS = Set.of("$defs", "definitions");

  @Override
  public TokenCount of(List<PromptTool> tools, Function<String, TokenCount> text) {
    Sum sum = new Sum(text);
    sum.add(AT_END, MARGIN);
    for (PromptTool tool : tools) {
      sum.add(perFunction, MARGIN_PER_FUNCTION);
      sum.add(tool.name() + ":" + withoutStop(tool.description()));
      Map<String, @Nullable Object> schema = tool.schema();
      if (schema.get("description") instanceof String description) {
        sum.unseen(Map.of("description", description));
      }
      sum.object(schema);
    }
    return TokenCount.about(sum.tokens, sum.atMost);
  }

  private static String withoutStop(String description) {
    return description.endsWith(".")
        ? description.substring(0, description.length() - 1)
        : description;
  }

  private static String words(@Nullable Object value) {
    if (value instanceof List<?> several) {
      return String.join("|", several.stream().map(String::valueOf).toList());
    }
    return value == null ? "" : value.toString();
  }

  /** Adds up one prompt's tools. */
  private static final class Sum {
    private final Function<String, TokenCount> text;
    private long tokens;
    private long atMost;

    private Sum(Function<String, TokenCount> text) {
      this.text = text;
    }

    private void add(int fixed, int margin) {
      tokens += fixed;
      atMost += fixed + margin;
    }

    private void add(String line) {
      TokenCount count = text.apply(line);
      tokens += count.tokens();
      atMost += count.atMost();
    }

    private void unseen(Map<?, ?> fields) {
      try {
        atMost += JsonText.of(fields).getBytes(StandardCharsets.UTF_8).length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void object(Map<?, ?> schema) {
      if (schema.get("properties") instanceof Map<?, ?> properties && !properties.isEmpty()) {
        add(PER_PROPERTIES, 0);
        properties.forEach((name, property) -> property(name.toString(), property));
      }
      schema.forEach(this::keyword);
    }

    private void property(String name, @Nullable Object schema) {
      add(PER_PROPERTY, MARGIN_PER_PROPERTY);
      if (!(schema instanceof Map<?, ?> fields)) {
        add(name);
        return;
      }
      add(
          name
              + ":"
              + words(fields.get("type"))
              + ":"
              + withoutStop(words(fields.get("description"))));
      if (fields.get("enum") instanceof List<?> values) {
        add(PER_ENUMERATION, 0);
        for (Object value : values) {
          add(PER_VALUE, 0);
          add(words(value));
        }
      }
      object(fields);
    }

    private void keyword(Object key, @Nullable Object value) {
      String keyword = key.toString();
      if (SUBSCHEMAS.contains(keyword)) {
        List<?> schemas = value instanceof List<?> several ? several : List.of();
        if (value instanceof Map<?, ?>) {
          property("", value);
        }
        schemas.forEach(schema -> property("", schema));
      } else if (NAMED_SUBSCHEMAS.contains(keyword) && value instanceof Map<?, ?> named) {
        named.forEach((name, schema) -> property(name.toString(), schema));
      } else if (!SEEN.contains(keyword)) {
        unseen(Map.of(keyword, value == null ? "" : value));
      }
    }
  }
}
