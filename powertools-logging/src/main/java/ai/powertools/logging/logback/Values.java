package ai.powertools.logging.logback;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Values as text that can be shown. */
final class Values {
  private static final HexFormat HEX = HexFormat.of();

  private Values() {}

  /** What {@code toString()} gives, or that it failed: an event is not lost for one field of it. */
  static String text(@Nullable Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | StackOverflowError e) {
      String type = value == null ? "null" : value.getClass().getName();
      return "!(toString of " + type + " failed: " + e.getClass().getName() + ")";
    }
  }

  /**
   * Characters that end a line or command a terminal: what a model said must not be able to write a
   * line of the log, or to clear the screen.
   */
  static boolean isControl(char c) {
    return c < ' ' || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }

  /** Writes a control character as JSON and Java do. */
  static void escape(StringBuilder out, char c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append("\\u").append(HEX.toHexDigits(c));
    }
  }
}
