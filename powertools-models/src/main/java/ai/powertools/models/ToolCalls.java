package ai.powertools.models;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's own tools did, where the usage does not say: the items of OpenAI's responses
 * and the search queries of Gemini.
 */
final class ToolCalls {
  private ToolCalls() {}

  static Map<Unit, Long> of(@Nullable Object body) {
    Map<Unit, Long> counts = new EnumMap<>(Unit.class);
    long queries = GeminiUsage.searches(body);
    if (queries > 0) {
      counts.put(Unit.WEB_SEARCHES, queries);
      counts.put(Unit.SEARCH_PROMPTS, 1L);
    }
    Object output = JsonTree.at(body, "output");
    if (output == null) {
      output = JsonTree.at(body, "response.output");
    }
    Set<String> sandboxes = new HashSet<>();
    for (Object item : JsonTree.list(output)) {
      switch (JsonTree.text(item, "type").orElse("")) {
        case "web_search_call" -> {
          if (isSearch(item)) {
            counts.merge(Unit.WEB_SEARCHES, 1L, Long::sum);
          }
        }
        case "file_search_call" -> counts.merge(Unit.STORAGE_SEARCHES, 1L, Long::sum);
        case "code_interpreter_call" ->
            sandboxes.add(JsonTree.text(item, "container_id").orElse("one"));
        default -> {}
      }
    }
    if (!sandboxes.isEmpty()) {
      counts.put(Unit.TOOL_SESSIONS, (long) sandboxes.size());
    }
    return counts;
  }

  /** OpenAI charges for searches, not for opening a page or finding something in it. */
  private static boolean isSearch(@Nullable Object item) {
    return JsonTree.text(item, "action.type").map("search"::equals).orElse(true);
  }
}
