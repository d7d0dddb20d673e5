package ai.powertools.core.headers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One member of a list in a structured field (RFC 9651), as in {@code "burst";q=100;w=60}: as much
 * of that grammar as limits need, and lenient.
 *
 * @param name what is before the first semicolon, without quotes
 * @param parameters by their names, in lower case, the values without quotes
 */
record Member(String name, Map<String, String> parameters) {
  private static final int LONGEST_FIELD = 2_000;
  private static final int MOST_MEMBERS = 32;

  /** The members of a field; none for null and for a field that is too long to be meant. */
  static List<Member> list(@Nullable String field) {
    if (field == null || field.length() > LONGEST_FIELD) {
      return List.of();
    }
    return split(field, ',').stream()
        .limit(MOST_MEMBERS)
        .filter(text -> !text.isEmpty())
        .map(Member::of)
        .toList();
  }

  private static Member of(String text) {
    List<String> parts = split(text, ';');
    Map<String, String> parameters = new HashMap<>();
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String key = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        parameters.put(key, unquote(part.substring(equals + 1).strip()));
      }
    }
    return new Member(unquote(parts.get(0)), parameters);
  }

  /** The parts between separators that are not in quotes. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  private static String unquote(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted
        ? text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
        : text;
  }
}
