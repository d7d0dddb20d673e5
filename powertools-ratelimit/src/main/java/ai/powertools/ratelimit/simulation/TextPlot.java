package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Waits and refusals over time, in characters that every terminal has. */
final class TextPlot {
  private static final int LABELS = 10;
  private static final int WAIT_ROWS = 8;
  private static final int CALL_ROWS = 6;

  private final List<TimeSlot> columns;
  private final int wide;
  private final StringBuilder text = new StringBuilder();

  TextPlot(List<TimeSlot> slots, int width) {
    int room = width - LABELS - 1;
    columns = merged(slots, room);
    wide = columns.isEmpty() ? 1 : Math.max(1, room / columns.size());
  }

  private static List<TimeSlot> merged(List<TimeSlot> slots, int room) {
    int together = Math.max(1, (slots.size() + room - 1) / room);
    List<TimeSlot> columns = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      int last = columns.size() - 1;
      if (i % together == 0) {
        columns.add(slots.get(i));
      } else {
        columns.set(last, columns.get(last).and(slots.get(i)));
      }
    }
    return columns;
  }

  String text() {
    if (columns.isEmpty()) {
      return "";
    }
    Duration longest =
        columns.stream().map(TimeSlot::longestWait).reduce(Duration.ZERO, TextPlot::longer);
    text.append("longest wait, by when the call asked\n");
    rows(WAIT_ROWS, Notation.text(longest), slot -> level(slot, longest, WAIT_ROWS), slot -> 0);
    axis();
    long most = columns.stream().mapToLong(slot -> slot.granted() + slot.refused()).max().orElse(0);
    text.append("calls, by when they asked: # let through, x refused\n");
    rows(
        CALL_ROWS,
        String.format(Locale.ROOT, "%,d", most),
        slot -> level(slot.granted(), most, CALL_ROWS),
        slot -> refused(slot, most));
    axis();
    return text.toString();
  }

  private static double level(TimeSlot slot, Duration longest, int rows) {
    return level(slot.longestWait().toNanos(), longest.toNanos(), rows);
  }

  /** Anything at all is one row at least. */
  private static double level(long value, long most, int rows) {
    return most == 0 ? 0 : Math.ceil((double) value / most * rows);
  }

  /** One row at least, even where the calls that were let through reach the top. */
  private static double refused(TimeSlot slot, long most) {
    if (slot.refused() == 0) {
      return 0;
    }
    double all = level(slot.granted() + slot.refused(), most, CALL_ROWS);
    return Math.max(1, all - level(slot.granted(), most, CALL_ROWS));
  }

  private void rows(
      int rows, String top, ToDoubleFunction<TimeSlot> below, ToDoubleFunction<TimeSlot> above) {
    for (int row = rows; row > 0; row--) {
      StringBuilder line = new StringBuilder();
      line.append(" ".repeat(LABELS - 1 - (row == rows ? top.length() : 0)))
          .append(row == rows ? top : "")
          .append(" |");
      for (TimeSlot slot : columns) {
        double refused = above.applyAsDouble(slot);
        double granted = Math.min(rows - refused, below.applyAsDouble(slot));
        String mark = row <= granted ? "#" : row <= granted + refused ? "x" : " ";
        line.append(mark.repeat(wide));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private void axis() {
    int length = columns.size() * wide;
    String end = Notation.text(columns.get(columns.size() - 1).to());
    text.append(" ".repeat(LABELS))
        .append('+')
        .append("-".repeat(length))
        .append('\n')
        .append(" ".repeat(LABELS))
        .append('0')
        .append(" ".repeat(Math.max(1, length - end.length())))
        .append(end)
        .append('\n');
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
