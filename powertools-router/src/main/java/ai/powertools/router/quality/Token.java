package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A piece of a text.
 *
 * @param kind what it is
 * @param text what it says; a word in lower case, with a straight apostrophe
 * @param capitals how many of its letters were capitals
 * @param endsSentence whether a sentence ends after it: a full stop, question or exclamation mark
 *     before white space, or the end of a line
 */
record Token(Kind kind, String text, int capitals, boolean endsSentence) {

  /** What tokens are there. */
  enum Kind {
    /** Letters, with apostrophes between them. */
    WORD,
    /** Digits, with points and commas between them. */
    NUMBER,
    /** Any other character that is not white space. */
    SIGN
  }

  boolean isWord() {
    return kind == Kind.WORD;
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean is(char sign) {
    return kind == Kind.SIGN && text.charAt(0) == sign;
  }

  /** The tokens of a text, in order. */
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>(text.length() / 4 + 4);
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      int end = i + 1;
      Kind kind = Kind.SIGN;
      if (isLetter(c)) {
        kind = Kind.WORD;
        end = end(text, i, true);
      } else if (isDigit(c)) {
        kind = Kind.NUMBER;
        end = end(text, i, false);
      }
      tokens.add(token(kind, text, i, end));
      i = end;
    }
    return tokens;
  }

  private static Token token(Kind kind, String text, int from, int end) {
    int capitals = 0;
    for (int i = from; kind == Kind.WORD && i < end; i++) {
      capitals += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
    }
    String said = text.substring(from, end);
    if (kind == Kind.WORD) {
      said = said.toLowerCase(Locale.ROOT).replace('’', '\'');
    }
    return new Token(kind, said, capitals, endsSentence(text, end));
  }

  private static int end(String text, int from, boolean word) {
    int i = from + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean part = word ? isLetter(c) : isDigit(c);
      boolean joins = word ? (c == '\'' || c == '’') : (c == '.' || c == ',');
      if (!part && !(joins && i + 1 < text.length() && isPart(text.charAt(i + 1), word))) {
        break;
      }
      i++;
    }
    return i;
  }

  private static boolean isPart(char c, boolean word) {
    return word ? isLetter(c) : isDigit(c);
  }

  private static boolean endsSentence(String text, int end) {
    int i = end;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    if (i == text.length() || text.charAt(i) == '\n') {
      return true;
    }
    char last = text.charAt(end - 1);
    return i > end && (last == '.' || last == '?' || last == '!');
  }

  private static boolean isLetter(char c) {
    return c < 128 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : Character.isLetter(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
