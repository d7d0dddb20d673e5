package ai.powertools.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects usage from the events of a stream. Give it the data of every event; it looks for the
 * numbers where the API has them: OpenAI's last chunk, Anthropic's first and last events, whose
 * numbers are cumulative, Gemini's chunks, of which the last counts, Bedrock's metadata, Ollama's
 * last line.
 *
 * <p>Not thread-safe.
 */
public final class UsageStream {
  private static final List<String> INSIDE =
      List.of("", "message", "response", "metadata", "delta", "x_groq");

  private final UsageReader reader;
  private final Map<String, Object> body = new LinkedHashMap<>();
  private boolean ollamaIsDone;

  UsageStream(UsageReader reader) {
    this.reader = reader;
  }

  /**
   * Takes the data of one event; {@code [DONE]} and blank data say nothing.
   *
   * @throws UnreadableUsageException if it is not JSON
   */
  public void accept(String data) {
    String json = data.strip();
    if (json.isEmpty() || json.equals("[DONE]")) {
      return;
    }
    Object event = UsageReader.parsed(json);
    for (String place : INSIDE) {
      Map<?, ?> inside = JsonTree.object(JsonTree.at(event, place));
      if (inside != null) {
        take(inside);
      }
    }
  }

  /** What the events so far say; empty when none had usage. */
  public Optional<UsageReport> report() {
    return hasUsage() ? Optional.of(reader.report(body)) : Optional.empty();
  }

  private boolean hasUsage() {
    return ollamaIsDone
        || (!reader.layout().roots().contains("") && reader.layout().rootOf(body) != null);
  }

  private void take(Map<?, ?> inside) {
    for (String kept : List.of("model", "modelVersion", "service_tier", "serviceTier", "output")) {
      keep(kept, inside.get(kept));
    }
    if (!JsonTree.list(JsonTree.at(inside, "candidates")).isEmpty()
        && GeminiUsage.searches(inside) > 0) {
      keep("candidates", inside.get("candidates"));
    }
    for (String root : reader.layout().roots()) {
      String first = root.split("\\.", -1)[0];
      if (first.isEmpty()) {
        takeOllama(inside);
      } else if (inside.get(first) instanceof Map<?, ?> usage) {
        merge(first, usage);
      }
    }
  }

  /** Later numbers replace earlier ones; Anthropic repeats only some of them. */
  private void merge(String name, Map<?, ?> usage) {
    Map<Object, Object> merged = new LinkedHashMap<>();
    if (name.equals("usage") && body.get(name) instanceof Map<?, ?> before) {
      merged.putAll(before);
    }
    usage.forEach(
        (key, value) -> {
          if (value != null) {
            merged.put(key, value);
          }
        });
    body.put(name, merged);
  }

  private void takeOllama(Map<?, ?> inside) {
    if (Boolean.TRUE.equals(inside.get("done"))) {
      keep("prompt_eval_count", inside.get("prompt_eval_count"));
      keep("eval_count", inside.get("eval_count"));
      ollamaIsDone = true;
    }
  }

  private void keep(String name, @Nullable Object value) {
    if (value != null && !"".equals(value)) {
      body.put(name, value);
    }
  }
}
