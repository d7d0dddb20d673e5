package ai.powertools.retry.report;

/** Makes the message of an error fit to be kept: short, without secrets, and valid Unicode. */
final class Messages {
  /**
   * How much of a message is looked at. Some vendors send a whole page of HTML, or the prompt, back
   * with an error.
   */
  private static final int LONGEST_READ = 16_384;

  private static final char REPLACEMENT = '\ufffd';

  private Messages() {}

  static String clean(String message, int longest) {
    return cut(valid(Scrub.text(beginning(message))), longest);
  }

  /** One line that moves no cursor of a terminal and forges no line of a log. */
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(Character.isWhitespace(c) ? ' ' : unseen(c) ? REPLACEMENT : c);
    }
    return line.toString();
  }

  /** At most this long, with an ellipsis where something is missing. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** Without the word at the cut: the first half of a secret would no longer look like one. */
  private static String beginning(String message) {
    if (message.length() <= LONGEST_READ) {
      return message;
    }
    int end = LONGEST_READ;
    while (end > 0 && mayBeOfASecret(message.charAt(end - 1))) {
      end--;
    }
    return message.substring(0, end) + "…";
  }

  private static boolean mayBeOfASecret(char c) {
    return Ascii.alphanumeric(c) || "-_.+/=~:@*%".indexOf(c) >= 0;
  }

  /** A NUL or half a surrogate pair can't be written everywhere. */
  private static String valid(String text) {
    StringBuilder valid = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        valid = valid == null ? new StringBuilder(text) : valid;
        valid.setCharAt(i, REPLACEMENT);
      }
    }
    return valid == null ? text : valid.toString();
  }

  /** Signs of control, and those that turn the direction of what follows. */
  private static boolean unseen(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
