package ai.powertools.session;

/** What names sessions, values and logs: the same on every database, and fit for a message. */
final class Names {
  private static final int LONGEST = 200;

  private Names() {}

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException if it is blank, too long, or not a text that every database
   *     can hold
   */
  static String check(String what, String name) {
    if (name.isBlank() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          what + " needs a name of 1 to " + LONGEST + " characters, not \"" + name + "\"");
    }
    if (name.codePoints().anyMatch(Names::isNoCharacter)) {
      throw new IllegalArgumentException(
          what + " needs a name without U+0000 and halves of characters.");
    }
    return name;
  }

  /** A value or a log in a message. */
  static String where(String session, String key) {
    return "\"" + key + "\" of session \"" + session + "\"";
  }

  /** An entry of a log in a message. */
  static String where(String session, String log, long seq) {
    return seq <= 0 ? where(session, log) : "entry " + seq + " of " + where(session, log);
  }

  private static boolean isNoCharacter(int codePoint) {
    return codePoint == 0
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }
}
