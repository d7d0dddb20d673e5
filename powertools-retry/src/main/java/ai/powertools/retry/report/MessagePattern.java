package ai.powertools.retry.report;

import java.util.Locale;
import java.util.Set;

/**
 * A message without what varies from one occurrence to the next.
 *
 * <p>Numbers become {@code <n>}, durations {@code <duration>}, times of day and dates {@code
 * <time>}, addresses {@code <ip>}, UUIDs, hashes, request ids and other random words {@code <id>},
 * queries of URLs {@code <query>}, and long quotations {@code <text>}. Codes stay, since another
 * one is another error: a number of three digits at the beginning or after a word like {@code
 * status}, and one of up to five after {@code code}. Words with digits that look like names, such
 * as {@code gpt-4o}, stay.
 *
 * @implNote One walk from left to right. What a step looks at ahead of it is consumed, or is
 *     bounded by a constant, or is remembered so that it is not looked at again: linear in the
 *     length.
 */
final class MessagePattern {
  /** Messages that are alike this far are alike. */
  private static final int LONGEST = 300;

  private static final int LONGEST_QUOTED_NAME = 64;
  private static final int LONGEST_QUOTATION = 400;
  private static final int SHORTEST_RANDOM = 24;

  private static final Set<String> BEFORE_STATUS =
      Set.of("http", "status", "error", "returned", "response", "statuscode", "httpstatus");
  private static final Set<String> BEFORE_CODE = Set.of("code", "errno", "errorcode");

  private final CharSequence text;
  private final int length;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int notRandomUntil; // of a run of Base64 that was looked at and found to be none
  private int wordEnd; // of the word we are in
  private int wordFrom; // the last word that was kept, as in "status" before a number
  private int wordTo;

  private MessagePattern(CharSequence text) {
    this.text = text;
    this.length = text.length();
  }

  static String of(CharSequence message) {
    return new MessagePattern(message).run();
  }

  private String run() {
    while (at < length && out.length() <= LONGEST) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        space();
      } else if (Ascii.alphanumeric(c)) {
        token();
      } else if (c == '"' || c == '\'' || c == '`') {
        quote(c);
      } else if (c == '?' && inUrl()) {
        query();
      } else {
        out.append(c);
        at++;
      }
    }
    return Messages.cut(out.toString().strip(), LONGEST);
  }

  private void space() {
    while (at < length && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    out.append(' ');
  }

  private void placeholder(String name, int end) {
    out.append(name);
    at = end;
  }

  private void keep(int end) {
    out.append(text, at, end);
    at = end;
  }

  /** A number, id, name or word. */
  private void token() {
    if (randomRun()) {
      return;
    }
    int address = NumberScan.ipv6End(text, at);
    if (address > 0) {
      placeholder("<ip>", address);
      return;
    }
    int end = wordEnd(at);
    if (NumberScan.uuid(text, at, end)) {
      placeholder("<id>", end);
    } else if (Ascii.digit(text.charAt(at))) {
      number(end);
    } else {
      name(end);
    }
  }

  private int wordEnd(int from) {
    if (from < wordEnd) {
      return wordEnd; // a number at the beginning of the word was taken off
    }
    int end = from;
    while (end < length && isWord(text.charAt(end))) {
      end++;
    }
    while (end > from && text.charAt(end - 1) == '-') {
      end--;
    }
    wordEnd = end;
    return end;
  }

  private static boolean isWord(char c) {
    return Ascii.alphanumeric(c) || c == '_' || c == '-';
  }

  private boolean randomRun() {
    if (at < notRandomUntil) {
      return false;
    }
    int end = at;
    while (end < length && Ascii.base64(text.charAt(end))) {
      end++;
    }
    if (end - at >= SHORTEST_RANDOM && Ascii.looksRandom(text, at, end)) {
      placeholder("<id>", end);
      return true;
    }
    notRandomUntil = end;
    return false;
  }

  private void number(int wordEnd) {
    NumberScan number = NumberScan.at(text, at);
    if (number.shape() == NumberScan.Shape.NUMBER) {
      if (wordEnd > number.end()) {
        digitsAndLetters(wordEnd);
      } else if (isCode(number.end())) {
        keep(number.end());
        wordTo = wordFrom; // of a list of numbers, one is the code
      } else {
        placeholder("<n>", number.end());
      }
    } else {
      placeholder(number.shape().placeholder(), number.end());
    }
  }

  /** As in {@code 1a2b3c4d}, {@code 128k} or {@code 404-not-found}. */
  private void digitsAndLetters(int end) {
    boolean afterAt = at > 0 && text.charAt(at - 1) == '@';
    if (afterAt || IdShape.isId(text, at, end)) {
      placeholder("<id>", end);
    } else {
      name(end);
    }
  }

  /** Whether the number from here to there says which error it is. */
  private boolean isCode(int end) {
    int digits = end - at;
    if (digits > 5 || hasOtherThanDigits(end)) {
      return false;
    }
    char first = text.charAt(at);
    boolean status = digits == 3 && first >= '1' && first <= '5';
    if (status && out.toString().isBlank()) {
      return true;
    }
    String before =
        text.subSequence(wordFrom, wordTo).toString().toLowerCase(Locale.ROOT).replace("_", "");
    return BEFORE_CODE.contains(before) || (status && BEFORE_STATUS.contains(before));
  }

  private boolean hasOtherThanDigits(int end) {
    for (int i = at; i < end; i++) {
      if (!Ascii.digit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Parts between dashes and underscores; those that are ids or numbers vary. */
  private void name(int end) {
    boolean hexAfterAt = at > 0 && text.charAt(at - 1) == '@' && IdShape.isHex(text, at, end);
    if (hexAfterAt || IdShape.isId(text, at, end)) {
      placeholder("<id>", end);
      return;
    }
    wordFrom = at;
    wordTo = Math.min(end, at + 24);
    while (at < end) {
      int part = at;
      while (part < end && Ascii.alphanumeric(text.charAt(part))) {
        part++;
      }
      if (part == at) {
        keep(at + 1);
      } else if (NumberScan.uuid(text, at, Math.min(end, at + NumberScan.UUID))) {
        placeholder("<id>", at + NumberScan.UUID);
      } else if (!hasOtherThanDigits(part)) {
        placeholder("<n>", part);
      } else if (IdShape.isId(text, at, part)) {
        placeholder("<id>", part);
      } else {
        keep(part);
      }
    }
  }

  /**
   * A long quotation is most often what somebody sent. Not so the value of a field, as in JSON:
   * that is where vendors say what is wrong.
   */
  private void quote(char mark) {
    int close = opensQuotation() ? closing(mark, Math.min(length, at + LONGEST_QUOTATION)) : -1;
    if (close - at > LONGEST_QUOTED_NAME) {
      out.append(mark).append("<text>").append(mark);
      at = close + 1;
    } else {
      keep(at + 1);
    }
  }

  private boolean opensQuotation() {
    String before = out.substring(Math.max(0, out.length() - 2));
    boolean apart = before.isEmpty() || " ()[".indexOf(before.charAt(before.length() - 1)) >= 0;
    String word = before.strip();
    return apart && (word.isEmpty() || ":=,".indexOf(word.charAt(word.length() - 1)) < 0);
  }

  private int closing(char mark, int limit) {
    for (int i = at + 1; i < limit; i++) {
      if (text.charAt(i) == mark) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the question mark here begins the query of a URL, and does not end a sentence. */
  private boolean inUrl() {
    return at + 1 < length && isWord(text.charAt(at + 1)) && at > 0 && isUrl(text.charAt(at - 1));
  }

  private static boolean isUrl(char c) {
    return Ascii.alphanumeric(c) || "/-_.~%".indexOf(c) >= 0;
  }

  private void query() {
    int end = at + 1;
    while (end < length && !endsUrl(text.charAt(end))) {
      end++;
    }
    out.append('?');
    placeholder("<query>", end);
  }

  private static boolean endsUrl(char c) {
    return Character.isWhitespace(c) || "\"'`<>(){}[],".indexOf(c) >= 0;
  }
}
