package ai.powertools.logging;

import org.jspecify.annotations.Nullable;

/**
 * One walk through one text. Each position is visited once; what is looked at around it is either
 * bounded by a constant, or skipped (or masked) as a whole afterwards.
 */
final class RedactionScan {
  /** How far a password in a URL may hold characters that should have been escaped. */
  private static final int UNESCAPED = 128;

  private static final int LONGEST_LOCAL_PART = 64; // RFC 5321, section 4.5.3.1.1
  private static final int LONGEST_EMAIL = 254; // RFC 5321, section 4.5.3.1.3
  private static final int LONGEST_LABEL = 48; // RSA, EC, OPENSSH, ENCRYPTED: all are shorter
  private static final String PEM_BEGIN = "-----BEGIN";
  private static final String PEM_END = "-----END";

  private final String text;
  private final int length;
  private final KeyedValues keyed;
  private final boolean emails;
  private int at;
  private int kept; // all before it is in out already
  private int runEnd; // of the run of word characters we are in
  private int dottedEnd; // of that run and the up to four that follow it after a point
  private int passwordFrom = -1; // of the URL we are in, ahead of us
  private int passwordTo = -1;
  private @Nullable StringBuilder out;

  RedactionScan(String text, SecretNames names, boolean emails) {
    this.text = text;
    this.length = text.length();
    this.keyed = new KeyedValues(text, names);
    this.emails = emails;
  }

  String run() {
    while (at < length) {
      char c = text.charAt(at);
      if (at + 1 >= passwordFrom && at < passwordTo) {
        mask(Math.max(at, passwordFrom), passwordTo, "password");
      } else if (Chars.word(c)) {
        word();
      } else if (c == ':' && text.startsWith("//", at + 1)) {
        url();
      } else if (c == ':' || c == '=') {
        keyedValue();
      } else if (c == '@' && emails) {
        email();
      } else {
        at++;
      }
    }
    return out == null ? text : out.append(text, kept, length).toString();
  }

  private void mask(int from, int to, String kind) {
    if (out == null) {
      out = new StringBuilder(length + 16);
    }
    out.append(text, kept, from).append(Redactor.mask(kind));
    kept = to;
    at = to;
  }

  /** A run of letters, digits, _ and -: a key, the beginning of a JWT, PEM block or header. */
  private void word() {
    if (at >= runEnd) {
      runEnd = wordEnd(at);
      dottedEnd = 0;
    }
    int start = afterEscape(runEnd);
    if (!key(start, runEnd) && !bearer(start, runEnd) && !pem(runEnd)) {
      at = runEnd;
    }
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < length && Chars.word(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The n of a literal \n, the 3D of %3D, are not part of the word that follows them. */
  private int afterEscape(int end) {
    char before = at == kept ? ' ' : text.charAt(at - 1);
    char first = text.charAt(at);
    if (before == '\\' && first == 'u') {
      return Math.min(end, at + 5);
    }
    if (before == '\\' && "nrtbf".indexOf(first) >= 0) {
      return Math.min(end, at + 1);
    }
    return before == '%' && Chars.hex(first) ? Math.min(end, at + 2) : at;
  }

  private boolean key(int start, int end) {
    for (int i = start; i < end; i++) {
      if (i == start || !Chars.alphanumeric(text.charAt(i - 1))) {
        char c = text.charAt(i);
        boolean found =
            Chars.digit(c) ? card(i) : VendorKey.mayBeginWith(c) ? vendor(i, end) : jwt(i, end);
        if (found) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean card(int from) {
    int to = Cards.find(text, from, kept);
    if (to > 0) {
      mask(from, to, "card");
    }
    return to > 0;
  }

  private boolean vendor(int from, int end) {
    VendorKey.Found found = VendorKey.find(text, from, end);
    if (!found.nothing()) {
      mask(from, found.end(), found.kind());
    }
    return !found.nothing();
  }

  /** Three to five parts of Base64, the first of which is JSON; RFC 7515 and 7516, section 3.1. */
  private boolean jwt(int start, int end) {
    if (!text.startsWith("eyJ", start) || end - start < 10) {
      return false;
    }
    if (dottedEnd == 0) {
      dottedEnd = end;
      for (int parts = 1; parts < 5 && text.startsWith(".", dottedEnd); parts++) {
        dottedEnd = wordEnd(dottedEnd + 1);
      }
    }
    // A name of the kind a.b.c is not as long; a token that was cut off still has its claims.
    if (dottedEnd - end > 10 || text.startsWith(".eyJ", end)) {
      mask(start, dottedEnd, "jwt");
      return true;
    }
    return false;
  }

  private boolean bearer(int start, int end) {
    if (end - start != 6 || !text.regionMatches(true, start, "bearer", 0, 6)) {
      return false;
    }
    int from = end;
    while (from < length && text.charAt(from) == ' ') {
      from++;
    }
    from += text.startsWith("%20", from) ? 3 : 0;
    if (from == end) {
      return false;
    }
    int to = from;
    boolean random = false;
    while (to < length && Chars.credential(text.charAt(to))) {
      char c = text.charAt(to);
      random |= Chars.digit(c) || (Chars.upper(c) && to > from);
      to++;
    }
    // "bearer token", "bearer authentication": words of a sentence are short and lower case.
    boolean token = to - from >= 8 && (random || to - from >= 24);
    if (token) {
      mask(from, to, "bearer token");
    }
    return token;
  }

  private boolean pem(int runEnd) {
    int begin = runEnd - PEM_BEGIN.length();
    if (begin < kept || !text.startsWith(PEM_BEGIN, begin)) {
      return false;
    }
    String label = text.substring(runEnd, Math.min(length, runEnd + LONGEST_LABEL));
    int labelEnd = label.indexOf("-----");
    if (labelEnd < 0 || !label.substring(0, labelEnd).contains("PRIVATE KEY")) {
      return false;
    }
    int close = text.indexOf(PEM_END, runEnd + labelEnd);
    int closed = close < 0 ? -1 : text.indexOf("-----", close + PEM_END.length());
    mask(begin, closed < 0 ? length : closed + 5, "private key");
    return true;
  }

  /** {@code scheme://user:password@host}, also with characters in it that should be escaped. */
  private void url() {
    int from = at + 3;
    int end = from;
    int colon = -1;
    int host = -1;
    boolean port = true;
    int limit = length;
    while (end < limit && !endsUrl(text.charAt(end))) {
      char c = text.charAt(end);
      if (endsAuthority(c)) {
        // An authority without a user ends here: what follows its colon is a port.
        if (host > 0 || colon < 0 || port) {
          break;
        }
        limit = Math.min(limit, end + UNESCAPED);
      } else if (c == '@') {
        host = end;
      } else if (c == ':' && colon < 0) {
        colon = end;
      } else if (colon >= 0 && host < 0) {
        port &= Chars.digit(c);
      }
      end++;
    }
    at = from;
    boolean ipv6 = text.startsWith("[", from);
    if (!ipv6 && colon >= 0 && colon + 1 < host && !text.startsWith("***", colon + 1)) {
      // Masked when we get there: the user in front of it may be a key.
      passwordFrom = colon + 1;
      passwordTo = host;
    }
  }

  private static boolean endsUrl(char c) {
    return c <= ' ' || Chars.quote(c) || c == '<' || c == '>' || c == '\\';
  }

  private static boolean endsAuthority(char c) {
    return c == '/' || c == '?' || c == '#';
  }

  private void keyedValue() {
    KeyedValues.Span value = keyed.after(at, kept);
    if (value.empty()) {
      at++;
    } else {
      mask(value.from(), value.to(), value.kind());
    }
  }

  private void email() {
    int from = at;
    int lowest = Math.max(kept, at - LONGEST_LOCAL_PART);
    while (from > lowest && isLocalPart(text.charAt(from - 1))) {
      from--;
    }
    int highest = Math.min(length, at + LONGEST_EMAIL);
    int dot = -1; // the last one that letters follow
    int to = at + 1;
    while (to < highest && (Chars.word(text.charAt(to)) || text.charAt(to) == '.')) {
      boolean letter = to > at + 1 && Chars.letter(text.charAt(to));
      dot = letter && text.charAt(to - 1) == '.' ? to - 1 : dot;
      to++;
    }
    int end = dot + 1;
    while (dot > 0 && end < to && Chars.letter(text.charAt(end))) {
      end++;
    }
    if (from < at && dot > at + 1 && end > dot + 2) {
      mask(from, end, "e-mail");
    } else {
      at++;
    }
  }

  private static boolean isLocalPart(char c) {
    return Chars.word(c) || c == '.' || c == '+' || c == '%';
  }
}
