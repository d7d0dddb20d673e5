package ai.powertools.retry.report;

import java.util.List;
import java.util.Locale;

/** A report as a table of at most 100 columns. */
final class ReportText {
  private static final int WIDTH = 100;
  private static final int MOST_LINES = 3; // of a message
  private static final String INDENT = " ".repeat(11);
  private static final String ROW = "%9s %5s  %-12s %-8s %-16s  %s%n".replace("%n", "\n");

  private final ErrorReport report;
  private final StringBuilder text = new StringBuilder();

  ReportText(ErrorReport report) {
    this.report = report;
    head();
    if (report.total().count() > 0) {
      row("COUNT", "SHARE", "LAST HOUR", "TREND", "LAST SEEN", "KIND, ERROR");
      report.groups().forEach(this::group);
      report.folded().ifPresent(this::folded);
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void head() {
    text.append(
        "Errors from %s to %s UTC\n"
            .formatted(Shown.minute(report.since()), Shown.minute(report.generatedAt())));
    Tally total = report.total();
    if (total.count() == 0) {
      text.append("None.\n");
      return;
    }
    text.append(
        "%s in %s: %s;\n%s.\n\n"
            .formatted(
                Shown.counted(total.count(), "call"),
                Shown.counted(report.groups().size(), "group"),
                Shown.outcomes(total),
                Shown.efforts(total)));
  }

  private void group(ErrorGroup group) {
    figures(
        group, Shown.lower(group.fingerprint().kind()) + ", " + Shown.where(group.fingerprint()));
    wrap(group.fingerprint().pattern());
    String first = "first seen " + Shown.minute(group.firstSeen());
    line(Shown.outcomes(group.tally()) + "; " + first + "; id " + group.id());
  }

  private void folded(ErrorGroup group) {
    figures(group, "(others)");
    line(Shown.counted(report.foldedGroups(), "group") + " not seen for the longest time");
    line(Shown.outcomes(group.tally()) + "; first seen " + Shown.minute(group.firstSeen()));
  }

  private void figures(ErrorGroup group, String what) {
    row(
        Shown.number(group.tally().count()),
        Shown.share(group.tally().count(), report.total().count()),
        TrendBar.of(group.trend()),
        Shown.lower(group.trend().direction()),
        Shown.minute(group.lastSeen()),
        what);
  }

  private void row(String... cells) {
    String row = String.format(Locale.ROOT, ROW, (Object[]) cells).stripTrailing();
    text.append(cut(row)).append('\n');
  }

  private void wrap(String message) {
    String rest = Messages.oneLine(message).strip();
    for (int i = 1; i <= MOST_LINES && !rest.isEmpty(); i++) {
      int end = i == MOST_LINES ? rest.length() : lineEnd(rest);
      line(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
  }

  /** At a blank, or where the line is full. */
  private static int lineEnd(String text) {
    int room = WIDTH - INDENT.length();
    if (text.length() <= room) {
      return text.length();
    }
    int blank = text.lastIndexOf(' ', room);
    int end = blank > room / 2 ? blank : room;
    return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  private void line(String line) {
    text.append(cut(INDENT + line)).append('\n');
  }

  private static String cut(String line) {
    return Messages.cut(line, WIDTH);
  }

  /** Counts of five minutes each, as signs of growing height; a dot for none. */
  static final class TrendBar {
    private static final int SIGNS = 12;
    private static final int MINUTES = Trend.MINUTES / SIGNS;
    private static final String HEIGHTS = "▁▂▃▅▇";

    private TrendBar() {}

    /** Blank where nobody counted. */
    static String of(Trend trend) {
      long[] counts = new long[SIGNS];
      List<Long> minutes = trend.minutes();
      long most = 1;
      for (int i = 0; i < minutes.size(); i++) {
        int sign = SIGNS - 1 - (minutes.size() - 1 - i) / MINUTES;
        counts[sign] += minutes.get(i);
        most = Math.max(most, counts[sign]);
      }
      int unknown = SIGNS - (minutes.size() + MINUTES - 1) / MINUTES;
      StringBuilder bar = new StringBuilder(" ".repeat(unknown));
      for (int i = unknown; i < SIGNS; i++) {
        int height = (int) Math.ceil((double) counts[i] * HEIGHTS.length() / most);
        bar.append(height == 0 ? '·' : HEIGHTS.charAt(height - 1));
      }
      return bar.toString();
    }
  }
}
