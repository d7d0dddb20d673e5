package ai.powertools.retry.report;

/** HTML as it is written: what is text can only be text in it, never markup. */
final class Markup {
  private final StringBuilder html = new StringBuilder();

  /** Markup of ours. */
  Markup raw(String markup) {
    html.append(markup);
    return this;
  }

  /** A text of anybody's, between tags or as the value of an attribute in double quotes. */
  Markup text(String text) {
    String plain = Messages.oneLine(text);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      String entity =
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> String.valueOf(c);
          };
      html.append(entity);
    }
    return this;
  }

  /**
   * An element with a text in it.
   *
   * @param start without its brackets, as in {@code td class="n"}
   */
  Markup element(String start, String text) {
    int blank = start.indexOf(' ');
    String name = blank < 0 ? start : start.substring(0, blank);
    return raw("<" + start + ">").text(text).raw("</" + name + ">");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
