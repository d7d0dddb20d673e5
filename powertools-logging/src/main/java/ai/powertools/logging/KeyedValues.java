package ai.powertools.logging;

import java.util.Locale;
import java.util.Set;

/**
 * Values that the name in front of them says are secret: {@code password=…}, {@code "api_key":
 * "…"}, {@code Authorization: Basic …}, in JSON (also inside JSON), URLs, headers, properties and
 * what records print.
 */
final class KeyedValues {
  /** How many spaces, quotes and brackets may stand between a name, its separator and a value. */
  private static final int LONGEST_GAP = 32;

  private static final Set<String> NO_SECRET = Set.of("true", "false", "null", "none");

  /** Schemes of {@code Authorization} that are followed by one token. */
  private static final Set<String> ONE_TOKEN = Set.of("basic", "bearer", "token", "apikey");

  /** Schemes that are followed by parameters. */
  private static final Set<String> PARAMETERS =
      Set.of("digest", "negotiate", "ntlm", "hmac", "aws4-hmac-sha256", "signature");

  private final String text;
  private final SecretNames names;

  KeyedValues(String text, SecretNames names) {
    this.text = text;
    this.names = names;
  }

  /** What is to be masked, and what it is. */
  record Span(int from, int to, String kind) {
    static final Span NOTHING = new Span(0, 0, "");

    boolean empty() {
      return from >= to;
    }
  }

  /** How a value begins: with how many backslashes, and which quote; 0 for none. */
  private record Opening(int start, int backslashes, char quote) {
    boolean quoted() {
      return quote != 0;
    }
  }

  /**
   * The value to be masked after the {@code =} or {@code :} at {@code separator}; nothing when its
   * name is not that of a secret.
   *
   * @param lowest where text begins that has not been masked already
   */
  Span after(int separator, int lowest) {
    if (isOperator(separator)) {
      return Span.NOTHING;
    }
    int nameEnd = nameEnd(separator, lowest);
    int nameStart = nameEnd;
    int farthest = Math.max(lowest, nameEnd - SecretNames.LONGEST);
    while (nameStart > farthest && isName(text.charAt(nameStart - 1))) {
      nameStart--;
    }
    if (nameStart == nameEnd) {
      return Span.NOTHING;
    }
    String kind = names.kind(text, nameStart, nameEnd);
    return kind == null ? Span.NOTHING : value(separator, nameEnd, kind);
  }

  /** A comparison, or the :: of some language; of := the = is looked at. */
  private boolean isOperator(int separator) {
    char next = charAt(separator + 1);
    char before = separator == 0 ? ' ' : text.charAt(separator - 1);
    return next == '=' || (text.charAt(separator) == ':' && (next == ':' || before == ':'));
  }

  /** Steps back over what may stand between a name and its separator: spaces, quotes, brackets. */
  private int nameEnd(int separator, int lowest) {
    int end = separator;
    int least = Math.max(lowest, separator - LONGEST_GAP);
    while (end > least && isGap(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isName(char c) {
    return Chars.word(c) || c == '.';
  }

  private static boolean isGap(char c) {
    return isSpace(c) || c == '\\' || c == ']' || c == ':' || c == '"' || c == '\'';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private Span value(int separator, int nameEnd, String kind) {
    int from = separator + (charAt(separator + 1) == '>' ? 2 : 1);
    int gapped = skipSpaces(from);
    boolean nameQuoted = nameEnd < separator && !isSpace(text.charAt(nameEnd));
    boolean spaced = gapped > separator + 1 || nameEnd < separator;
    boolean certain =
        text.charAt(separator) == '=' ? !spaced : nameQuoted && !kind.equals(SecretNames.TOKEN);
    Opening opening = opening(charAt(gapped) == '[' ? gapped + 1 : gapped);
    int start = opening.start();
    if (kind.equals("credentials") && hasScheme(start)) {
      return header(opening);
    }
    int to = end(start, opening);
    boolean nothing = to == start || isMasked(start) || isConstant(start, to) || isStructure(start);
    if (nothing || !(certain || looksSecret(separator, start, to, opening, kind))) {
      return Span.NOTHING;
    }
    return new Span(start, to, kind);
  }

  private Opening opening(int from) {
    int at = from;
    while (at - from < LONGEST_GAP && charAt(at) == '\\') {
      at++;
    }
    char quote = charAt(at);
    return Chars.quote(quote)
        ? new Opening(at + 1, at - from, quote)
        : new Opening(from, 0, (char) 0);
  }

  private boolean hasScheme(int start) {
    String scheme = scheme(start);
    boolean known = ONE_TOKEN.contains(scheme) || PARAMETERS.contains(scheme);
    return known && isSpace(charAt(start + scheme.length()));
  }

  private String scheme(int start) {
    int end = start;
    while (end - start < 20 && Chars.word(charAt(end))) {
      end++;
    }
    return text.substring(start, end).toLowerCase(Locale.ROOT);
  }

  /** {@code Basic dXNlcjpwYXNz} and the like: the scheme stays. */
  private Span header(Opening opening) {
    String scheme = scheme(opening.start());
    int from = skipSpaces(opening.start() + scheme.length());
    if (isMasked(from)) {
      return Span.NOTHING;
    }
    if (PARAMETERS.contains(scheme)) {
      return new Span(from, opening.quoted() ? end(from, opening) : line(from), "credentials");
    }
    String kind = scheme.equals("basic") ? "basic credentials" : "bearer token";
    return new Span(from, end(from, opening), kind);
  }

  /**
   * Where the name is followed by a colon or by spaces, it may be a sentence ("password: must not
   * be blank", "unexpected token: ident"), code, or a piece of text of a language model ({@code
   * "token": " the"}).
   */
  private boolean looksSecret(int separator, int start, int to, Opening opening, String kind) {
    boolean token = kind.equals(SecretNames.TOKEN);
    if (opening.quoted() && charAt(to) != opening.quote() && charAt(to) != '\\') {
      return false; // what looked like its opening quote ended the prompt "Password: "
    }
    if (!token && (opening.quoted() || endsLine(to))) {
      return text.charAt(to - 1) != '(';
    }
    boolean digit = false;
    boolean other = false;
    for (int i = start; i < to && i - start < SecretNames.LONGEST; i++) {
      char c = text.charAt(i);
      digit |= Chars.digit(c);
      other |= !Chars.digit(c);
      if (c == '(' || c == ' ') {
        return false; // a call, or words
      }
    }
    boolean isLong = to - start >= 20;
    boolean mixed = to - start >= 6 && digit && (other || !token);
    boolean assigned = text.charAt(separator) == '=' && kind.equals("password");
    return isLong || mixed || assigned;
  }

  private boolean endsLine(int to) {
    char c = charAt(to);
    return c == '\n' || c == '\r';
  }

  private int end(int from, Opening opening) {
    return opening.quoted() ? closing(from, opening) : token(from);
  }

  /** Where a quoted value ends: at a quote with as many backslashes, or with the line. */
  private int closing(int from, Opening opening) {
    boolean escapes = opening.backslashes() == 0;
    int run = 0;
    int i = from;
    while (i < text.length() && text.charAt(i) != '\n') {
      char c = text.charAt(i);
      if (c == opening.quote() && (escapes ? run % 2 == 0 : run <= opening.backslashes())) {
        return escapes ? i : i - run;
      }
      run = c == '\\' ? run + 1 : 0;
      i++;
    }
    return i;
  }

  private int token(int from) {
    int to = from;
    while (to < text.length() && !Chars.endsValue(text.charAt(to))) {
      to++;
    }
    while (to > from && Chars.quote(charAt(to)) && text.charAt(to - 1) == '\\') {
      to--; // of the quote that follows, which JSON inside JSON escapes
    }
    return to;
  }

  private int line(int from) {
    int to = from;
    while (to < text.length() && text.charAt(to) >= ' ') {
      to++;
    }
    return to;
  }

  private boolean isMasked(int from) {
    return text.startsWith("***", from) || text.startsWith("Secret(***)", from);
  }

  /** An object that has its own names, or a reference such as ${DB_PASSWORD}. */
  private boolean isStructure(int from) {
    return text.startsWith("{", from) || text.startsWith("${", from);
  }

  private boolean isConstant(int from, int to) {
    return to - from <= 5 && NO_SECRET.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
  }

  private int skipSpaces(int from) {
    int to = from;
    while (to - from < LONGEST_GAP && isSpace(charAt(to))) {
      to++;
    }
    return to;
  }

  /** A line feed past the end, which is part of no name or value. */
  private char charAt(int i) {
    return i < text.length() ? text.charAt(i) : '\n';
  }
}
