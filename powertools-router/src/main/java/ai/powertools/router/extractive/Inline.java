package ai.powertools.router.extractive;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/**
 * Takes the marks out of a line of Markdown and leaves what a person would read: emphasis, code
 * marks, links, images, tags. Adds no character of its own, so what is left can be found in the
 * text. What only looks like a mark stays as it is.
 *
 * @implNote Every search looks ahead a bounded way, so that a megabyte of opening brackets takes
 *     time in proportion to its length.
 */
final class Inline {
  private static final int LONGEST_MARK = 500;
  private static final String ESCAPABLE = "\\`*_{}[]()#+-.!|<>~";

  /** Only these are tags; {@code List<String>} is a text about Java. */
  private static final Set<String> TAGS =
      Set.of(
          "a",
          "abbr",
          "b",
          "blockquote",
          "br",
          "center",
          "code",
          "dd",
          "del",
          "details",
          "div",
          "dl",
          "dt",
          "em",
          "font",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr",
          "i",
          "img",
          "ins",
          "kbd",
          "li",
          "ol",
          "p",
          "picture",
          "pre",
          "s",
          "small",
          "source",
          "span",
          "strong",
          "sub",
          "summary",
          "sup",
          "table",
          "tbody",
          "td",
          "th",
          "thead",
          "tr",
          "u",
          "ul");

  private final String text;
  private final int end;
  private final BitSet closers = new BitSet();
  private final StringBuilder out;

  private Inline(String text) {
    this.text = text;
    this.end = text.length();
    this.out = new StringBuilder(end);
  }

  static String plain(String text) {
    Inline inline = new Inline(text);
    int i = 0;
    while (i < inline.end) {
      i = inline.step(i);
    }
    return inline.out.toString();
  }

  /** Reads what begins at {@code i}, and gives where the next begins. */
  private int step(int i) {
    char c = text.charAt(i);
    return switch (c) {
      case '\\' -> escape(i);
      case '`' -> code(i);
      case '!' -> at(i + 1) == '[' ? link(i + 1, i) : copy(i);
      case '[' -> link(i, i);
      case '<' -> tag(i);
      case '*', '_', '~' -> emphasis(i, c);
      default -> copy(i);
    };
  }

  private int copy(int i) {
    out.append(text.charAt(i));
    return i + 1;
  }

  private int escape(int i) {
    return i + 1 < end && ESCAPABLE.indexOf(text.charAt(i + 1)) >= 0 ? copy(i + 1) : copy(i);
  }

  private int code(int i) {
    int run = run(i);
    int limit = Math.min(end, i + run + LONGEST_MARK);
    for (int j = i + run; j < limit; j++) {
      if (text.charAt(j) == '`') {
        int closing = run(j);
        if (closing == run) {
          out.append(text, i + run, j);
          return j + run;
        }
        j += closing - 1;
      }
    }
    out.append(text, i, i + run);
    return i + run;
  }

  /** A link, an image or a footnote's mark; {@code from} is where its first character stands. */
  private int link(int open, int from) {
    int close = closing(open, '[', ']');
    if (close < 0) {
      return copy(from);
    }
    int after = close + 1;
    if (isFootnote(open, close)) {
      return after;
    }
    int target = -1;
    if (at(after) == '(') {
      target = closing(after, '(', ')');
    } else if (at(after) == '[' && !isWordPart(at(from - 1))) {
      target = closing(after, '[', ']'); // but a[i][j] is no link
    }
    if (target < 0) {
      return copy(from);
    }
    out.append(plain(text.substring(open + 1, close)));
    return target + 1;
  }

  private boolean isFootnote(int open, int close) {
    boolean digits = at(open + 1) == '^' && close > open + 2;
    for (int j = open + 2; j < close; j++) {
      digits &= Character.isDigit(text.charAt(j));
    }
    return digits;
  }

  private int tag(int i) {
    int close = closing(i, '<', '>');
    if (close < 0) {
      return copy(i);
    }
    String inside = text.substring(i + 1, close);
    if (inside.startsWith("http://") || inside.startsWith("https://")) {
      out.append(inside);
      return close + 1;
    }
    String name = inside.startsWith("/") ? inside.substring(1) : inside;
    int length = 0;
    while (length < name.length() && Character.isLetterOrDigit(name.charAt(length))) {
      length++;
    }
    if (!TAGS.contains(name.substring(0, length).toLowerCase(Locale.ROOT))) {
      return copy(i);
    }
    out.append(' '); // <br> and </td> part words
    return close + 1;
  }

  private int emphasis(int i, char mark) {
    int run = run(i);
    if (closers.get(i)) {
      return i + run;
    }
    int closer = opens(i, run) ? closer(i, run, mark) : -1;
    if (closer < 0) {
      out.append(text, i, i + run);
    } else {
      closers.set(closer);
    }
    return i + run;
  }

  /** Emphasis within a word takes two stars, so that 2*3*4, snake_case and ~/home stay whole. */
  private boolean opens(int i, int run) {
    char mark = text.charAt(i);
    boolean mayPartWords = mark != '_' && run > 1;
    return !Character.isWhitespace(at(i + run))
        && (mark != '~' || run == 2)
        && (mayPartWords || !isWordPart(at(i - 1)));
  }

  private int closer(int open, int run, char mark) {
    boolean mayPartWords = mark != '_' && run > 1;
    int limit = Math.min(end, open + run + LONGEST_MARK);
    for (int j = open + run; j < limit; j++) {
      if (text.charAt(j) == mark) {
        int closing = run(j);
        if (closing == run
            && !Character.isWhitespace(at(j - 1))
            && (mayPartWords || !isWordPart(at(j + closing)))) {
          return j;
        }
        j += closing - 1;
      }
    }
    return -1;
  }

  /** The bracket that closes the one at {@code open}; negative if none does nearby. */
  private int closing(int open, char opening, char closing) {
    int depth = 0;
    int limit = Math.min(end, open + LONGEST_MARK);
    for (int j = open; j < limit; j++) {
      char c = text.charAt(j);
      if (c == opening) {
        depth++;
      } else if (c == closing && --depth == 0) {
        return j;
      }
    }
    return -1;
  }

  private int run(int i) {
    int j = i;
    while (j < end && text.charAt(j) == text.charAt(i)) {
      j++;
    }
    return j - i;
  }

  /** A space beyond the ends. */
  private char at(int i) {
    return i >= 0 && i < end ? text.charAt(i) : ' ';
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c);
  }
}
