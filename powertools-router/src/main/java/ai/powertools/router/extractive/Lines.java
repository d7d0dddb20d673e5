package ai.powertools.router.extractive;

import java.util.List;
import java.util.regex.Pattern;

/** The lines of a document, one after the other, with what is skipped in one go. */
final class Lines {
  private static final int LONGEST_FRONT_MATTER = 100;
  private static final int LONGEST_COMMENT = 200;
  private static final Pattern SETTING = Pattern.compile("[\\w.-]+:.*");

  private final List<String> lines;
  private int next;

  /** From this line on, no fence of this many of these marks is closed; found by looking. */
  private int unclosedBackticks = Integer.MAX_VALUE;

  private int unclosedTildes = Integer.MAX_VALUE;

  Lines(String text) {
    this.lines = text.lines().toList();
  }

  boolean hasNext() {
    return next < lines.size();
  }

  /** The next line, without the comments in it. */
  String next() {
    String line = lines.get(next++);
    int from = line.indexOf("<!--");
    if (from < 0) {
      return line;
    }
    int to = line.indexOf("-->", from);
    return to < 0 ? beforeComment(line, from) : line.substring(0, from) + line.substring(to + 3);
  }

  /** The line after the one that was read last; empty at the end. */
  String peek() {
    return hasNext() ? lines.get(next) : "";
  }

  /** The number of the line that was read last. */
  int number() {
    return next;
  }

  /** Skips settings between two lines of dashes at the very beginning. */
  void skipFrontMatter() {
    boolean opens = lines.size() > 2 && lines.get(0).strip().equals("---");
    if (!opens || !SETTING.matcher(lines.get(1)).matches()) {
      return;
    }
    for (int i = 2; i < Math.min(lines.size(), LONGEST_FRONT_MATTER); i++) {
      if (lines.get(i).strip().equals("---")) {
        next = i + 1;
        return;
      }
    }
  }

  /**
   * If the line that was read last opens a block of code, skips to behind its end. A fence that
   * nothing closes is no reason to lose the rest of the text: the line alone is skipped.
   */
  boolean skipFence(String line) {
    char mark = line.charAt(0);
    int length = run(line, mark);
    if ((mark != '`' && mark != '~') || length < 3 || line.indexOf('`', length) >= 0) {
      return false;
    }
    if (length >= (mark == '`' ? unclosedBackticks : unclosedTildes)) {
      return true;
    }
    for (int i = next; i < lines.size(); i++) {
      String candidate = unquoted(lines.get(i));
      int closing = candidate.isEmpty() ? 0 : run(candidate, mark);
      if (closing >= length && closing == candidate.length()) {
        next = i + 1;
        return true;
      }
    }
    if (mark == '`') {
      unclosedBackticks = length;
    } else {
      unclosedTildes = length;
    }
    return true;
  }

  private String beforeComment(String line, int from) {
    for (int i = next; i < Math.min(lines.size(), next + LONGEST_COMMENT); i++) {
      int to = lines.get(i).indexOf("-->");
      if (to >= 0) {
        next = i + 1;
        return line.substring(0, from) + " " + lines.get(i).substring(to + 3);
      }
    }
    return line;
  }

  /** A line without the marks of a quote and the space around it. */
  static String unquoted(String raw) {
    int from = 0;
    while (from < raw.length()
        && (raw.charAt(from) == '>' || Character.isWhitespace(raw.charAt(from)))) {
      from++;
    }
    return raw.substring(from).strip();
  }

  private static int run(String line, char mark) {
    int length = 0;
    while (length < line.length() && line.charAt(length) == mark) {
      length++;
    }
    return length;
  }
}
