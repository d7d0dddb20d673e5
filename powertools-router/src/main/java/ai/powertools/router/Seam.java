package ai.powertools.router;

/**
 * Joins what one model said with what another one adds, which may begin by saying some of it again.
 * Holds the first words back until it is plain where the new text begins, which does not depend on
 * the pieces that it comes in.
 */
final class Seam {
  /** A repeated end that is shorter may be chance. */
  private static final int TELLING = 20;

  private final String said;
  private final StringBuilder held = new StringBuilder();
  private boolean found;
  private boolean heard;

  Seam(String said) {
    this.said = said;
  }

  /** More of the new text; gives what can be said now. */
  String add(String text) {
    heard = true;
    if (found) {
      return text;
    }
    held.append(text);
    return mayBeRepeating() ? "" : end();
  }

  /** Whether any new text came. */
  boolean heard() {
    return heard;
  }

  /** There is no more; gives what was held back. */
  String end() {
    if (found) {
      return "";
    }
    found = true;
    String fresh = held.substring(repeated());
    held.setLength(0);
    return fresh;
  }

  /** As long as this may go on, more text can't show that nothing is repeated. */
  private boolean mayBeRepeating() {
    return held.length() < said.length() && said.contains(held);
  }

  private int repeated() {
    String text = held.toString();
    if (text.startsWith(said)) {
      return said.length();
    }
    for (int length = Math.min(text.length(), said.length()); length >= TELLING; length--) {
      if (said.endsWith(text.substring(0, length))) {
        return length;
      }
    }
    // The white space at the end of the old text is not sent along, so the new may begin with it.
    String gap = said.substring(said.stripTrailing().length());
    return text.startsWith(gap) ? gap.length() : 0;
  }
}
