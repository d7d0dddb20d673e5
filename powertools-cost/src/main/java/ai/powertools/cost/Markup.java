package ai.powertools.cost;

/** HTML as it is written: what is text can only be text in it, never markup. */
final class Markup {
  private final StringBuilder html = new StringBuilder();

  /** Markup of ours. */
  Markup raw(String markup) {
    html.append(markup);
    return this;
  }

  /** A text of anybody's, between tags or as the value of an attribute in double quotes. */
  Markup text(Object text) {
    String plain = text.toString();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return this;
  }

  /** An element with a text in it; the start without its brackets, as in {@code td class="n"}. */
  Markup element(String start, Object text) {
    int blank = start.indexOf(' ');
    return raw("<" + start + ">")
        .text(text)
        .raw("</" + (blank < 0 ? start : start.substring(0, blank)) + ">");
  }

  /** The whole of it. */
  @Override
  public String toString() {
    return html.toString();
  }
}
