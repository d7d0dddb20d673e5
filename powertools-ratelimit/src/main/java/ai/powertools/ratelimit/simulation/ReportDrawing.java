package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Draws a report: the longest waits above, and below the calls that were let through or not. */
final class ReportDrawing {
  private static final int LEFT = 64;
  private static final int WIDTH = 712;
  private static final int HEIGHT = 140;
  private static final int WAITS_TOP = 92;
  private static final int CALLS_TOP = 288;
  private static final int LONGEST_LABEL = 110;

  /**
   * The bars have a contrast of 3 to 1 with the background in both schemes (WCAG 2.2, 1.4.11), all
   * letters one of 4.5 to 1 (1.4.3).
   */
  private static final String STYLE =
      """
      <style>
      svg { color-scheme: light dark; --back: #fff; --text: #1b1f24; --faint: #57606a;
        --line: #d5d9de; --wait: #2563a8; --pass: #1e8449; --stop: #b3261e; }
      @media (prefers-color-scheme: dark) { svg { --back: #14171b; --text: #e9edf1;
        --faint: #a7b0ba; --line: #39414a; --wait: #6ea8e6; --pass: #63c38a; --stop: #ff8a80; } }
      text { font: 12px system-ui, sans-serif; fill: var(--faint); }
      .head { font-size: 15px; font-weight: 600; fill: var(--text); }
      .name { font-weight: 600; fill: var(--text); }
      .end { text-anchor: end; } .middle { text-anchor: middle; }
      line { stroke: var(--line); } .back { fill: var(--back); }
      .wait { fill: var(--wait); } .pass { fill: var(--pass); } .stop { fill: var(--stop); }
      </style>
      """;

  private final SimulationReport report;
  private final List<TimeSlot> slots;
  private final Scale across;
  private final Svg svg = new Svg();

  ReportDrawing(SimulationReport report) {
    this.report = report;
    this.slots = report.timeline();
    Duration end = slots.isEmpty() ? Duration.ofSeconds(1) : slots.get(slots.size() - 1).to();
    this.across = Scale.of(end).endingAt(end.toNanos());
  }

  String svg() {
    svg.raw(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 470\" role=\"img\""
                + " aria-labelledby=\"summary\">\n")
        .element("title id=\"summary\"", summary())
        .raw(STYLE)
        .raw("<rect class=\"back\" width=\"800\" height=\"470\"/>\n")
        .element("text class=\"head\" x=\"16\" y=\"28\"", shortened(report.policy()))
        .element("text x=\"16\" y=\"48\"", summary());
    waits();
    calls();
    return svg.raw("</svg>\n").toString();
  }

  private void waits() {
    long longest = slots.stream().mapToLong(slot -> slot.longestWait().toNanos()).max().orElse(0);
    Scale up = Scale.of(Duration.ofNanos(longest));
    frame("Longest wait, by when the call asked", WAITS_TOP, up);
    for (TimeSlot slot : slots) {
      bar("wait", slot, WAITS_TOP, 0, up.along(slot.longestWait().toNanos()));
    }
  }

  private void calls() {
    Scale up =
        Scale.of(slots.stream().mapToLong(slot -> slot.granted() + slot.refused()).max().orElse(0));
    frame("Calls, by when they asked", CALLS_TOP, up);
    int y = CALLS_TOP - 10;
    svg.raw("<rect class=\"pass\" x=\"560\" y=\"%d\" width=\"10\" height=\"10\"/>\n", y - 9)
        .element("text x=\"575\" y=\"%d\"".formatted(y), "let through")
        .raw("<rect class=\"stop\" x=\"690\" y=\"%d\" width=\"10\" height=\"10\"/>\n", y - 9)
        .element("text x=\"705\" y=\"%d\"".formatted(y), "refused");
    for (TimeSlot slot : slots) {
      double granted = up.along(slot.granted());
      bar("pass", slot, CALLS_TOP, 0, granted);
      bar("stop", slot, CALLS_TOP, granted, up.along(slot.granted() + slot.refused()));
    }
  }

  private void frame(String name, int top, Scale up) {
    svg.element("text class=\"name\" x=\"%d\" y=\"%d\"".formatted(LEFT, top - 10), name);
    for (double mark : up.marks()) {
      double y = top + HEIGHT * (1 - mark / up.end());
      svg.raw(
              "<line x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>\n",
              LEFT, LEFT + WIDTH, y)
          .element(at("end", LEFT - 6, y + 4), up.label(mark));
    }
    for (double mark : across.marks()) {
      double x = LEFT + WIDTH * mark / across.end();
      svg.element(at(mark == 0 ? "start" : "middle", x, top + HEIGHT + 18), across.label(mark));
    }
  }

  private static String at(String anchor, double x, double y) {
    return String.format(Locale.ROOT, "text class=\"%s\" x=\"%.1f\" y=\"%.1f\"", anchor, x, y);
  }

  /** From one share of the height to another; a hair of what is there can be seen. */
  private void bar(String kind, TimeSlot slot, int top, double from, double to) {
    if (to <= from) {
      return;
    }
    double x = LEFT + WIDTH * across.along(slot.from().toNanos());
    double wide = LEFT + WIDTH * across.along(slot.to().toNanos()) - x;
    double high = Math.max(1, HEIGHT * (to - from));
    svg.raw(
        "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>\n",
        kind, x, top + HEIGHT * (1 - from) - high, Math.max(0.5, wide - 0.5), high);
  }

  private String summary() {
    Served all = report.all();
    return String.format(
        Locale.ROOT,
        "%,d calls in %s: %,d let through, %,d refused. Waits: %s.",
        all.calls(),
        Notation.text(report.elapsed()),
        all.granted(),
        all.refused(),
        all.waits());
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_LABEL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
  }
}
