package ai.powertools.logging;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that our encoder writes: an object on one line, without white space between its
 * parts. Anything else is refused.
 */
final class JsonLine {
  private static final int DEEPEST = 64;

  private final String text;
  private int at;
  private int depth;

  private JsonLine(String text) {
    this.text = text;
  }

  /** The members of an object; null when the line is not one object and nothing else. */
  static @Nullable Map<String, @Nullable Object> parse(String line) {
    JsonLine json = new JsonLine(line);
    try {
      Map<String, @Nullable Object> members = json.object();
      return json.at == line.length() ? members : null;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null; // what it is not, or where it ends too early, is of no interest
    }
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    open('{');
    boolean more = !skip('}');
    while (more) {
      String name = string();
      take(':');
      members.put(name, value());
      more = goesOn('}');
    }
    depth--;
    return members;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> elements = new ArrayList<>();
    open('[');
    boolean more = !skip(']');
    while (more) {
      elements.add(value());
      more = goesOn(']');
    }
    depth--;
    return elements;
  }

  private @Nullable Object value() {
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private String string() {
    take('"');
    StringBuilder value = new StringBuilder();
    char c = text.charAt(at++);
    while (c != '"') {
      check(c >= ' ');
      value.append(c == '\\' ? escaped() : c);
      c = text.charAt(at++);
    }
    return value.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) HexFormat.fromHexDigits(text, at - 4, at);
    }
    int known = "\"\\/bfnrt".indexOf(c);
    check(known >= 0);
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private Object number() {
    int start = at;
    boolean whole = true;
    while ("+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      whole &= ".eE".indexOf(text.charAt(at)) < 0;
      at++;
    }
    String digits = text.substring(start, at);
    if (whole && digits.length() <= 20) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException tooLarge) {
        return Double.parseDouble(digits);
      }
    }
    return Double.parseDouble(digits);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    check(text.startsWith(word, at));
    at += word.length();
    return value;
  }

  private void open(char bracket) {
    take(bracket);
    depth++;
    check(depth <= DEEPEST);
  }

  private boolean goesOn(char end) {
    boolean more = skip(',');
    if (!more) {
      take(end);
    }
    return more;
  }

  private boolean skip(char c) {
    boolean there = text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void take(char c) {
    check(skip(c));
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not JSON");
    }
  }
}
