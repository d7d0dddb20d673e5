package ai.powertools.cost;

/**
 * A text that stays in its line, whoever wrote it: what would break the line, move a terminal's
 * cursor, or turn the direction of what follows is a space.
 */
record OneLine(String text) {
  private static final int EMBEDDINGS = 0x202A;
  private static final int LAST_EMBEDDING = 0x202E;
  private static final int ISOLATES = 0x2066;
  private static final int LAST_ISOLATE = 0x2069;

  @Override
  public String toString() {
    return text.codePoints()
        .map(c -> harmless(c) ? c : ' ')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean harmless(int c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && !(c >= EMBEDDINGS && c <= LAST_EMBEDDING)
        && !(c >= ISOLATES && c <= LAST_ISOLATE);
  }
}
