package ai.powertools.ratelimit.simulation;

import java.util.Locale;

/** An SVG drawing as it is written: what is text can only be text in it, never markup. */
final class Svg {
  private final StringBuilder svg = new StringBuilder();

  /** Markup of ours, with numbers in it. */
  Svg raw(String format, Object... numbers) {
    svg.append(numbers.length == 0 ? format : String.format(Locale.ROOT, format, numbers));
    return this;
  }

  /** An element with a text of anybody's in it; the start without its brackets. */
  Svg element(String start, String text) {
    int blank = start.indexOf(' ');
    svg.append('<').append(start).append('>');
    escape(text);
    svg.append("</").append(blank < 0 ? start : start.substring(0, blank)).append(">\n");
    return this;
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> svg.append("&amp;");
                case '<' -> svg.append("&lt;");
                case '>' -> svg.append("&gt;");
                case '"' -> svg.append("&quot;");
                default -> svg.appendCodePoint(allowed(c) ? c : '\ufffd');
              }
            });
  }

  /** XML 1.0, 2.2: no control but three, no half of a pair, and not the two last of the plane. */
  private static boolean allowed(int c) {
    boolean white = c == '\t' || c == '\n' || c == '\r';
    boolean surrogate = c >= 0xd800 && c <= 0xdfff;
    return white || (c >= ' ' && !surrogate && c != 0xfffe && c != 0xffff);
  }

  /** The whole of it. */
  @Override
  public String toString() {
    return svg.toString();
  }
}
