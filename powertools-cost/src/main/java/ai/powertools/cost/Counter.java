package ai.powertools.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a budget counts, apart from its name and limit: the spending of which calls over which time.
 * The ledger keeps a sum for each, so that a budget that is renamed or raised goes on where it was.
 *
 * <p>Two are equal when they count the same, whatever else is said that does not matter for it.
 */
final class Counter {
  /** Where a rolling window's reservations are kept, which don't leave it with time. */
  static final long HELD = -1;

  private static final long MICROS = 1_000_000;

  private final Scope scope;
  private final Window window;
  private final String text;

  /** The window that was asked for last: nearly always it is the next one as well. */
  private volatile Cell last = new Cell(Instant.MAX, Instant.MIN, 0);

  private record Cell(Instant start, Instant end, long micros) {}

  private Counter(Scope scope, Window window) {
    this.scope = scope;
    this.window = window;
    this.text = text(scope, window);
  }

  static Counter of(Budget budget) {
    return new Counter(budget.scope(), budget.window());
  }

  /** Which calls it counts. */
  Scope scope() {
    return scope;
  }

  /** Over which time. */
  Window window() {
    return window;
  }

  /** The sum that a call which began then is spent in, as microseconds since the epoch. */
  long spentCell(Instant beganAt) {
    if (window instanceof Window.Rolling rolling) {
      long part = micros(rolling.part());
      return Math.floorDiv(micros(beganAt), part) * part;
    }
    return calendarCell(beganAt);
  }

  private long calendarCell(Instant at) {
    Cell cell = last;
    if (at.isBefore(cell.start()) || !at.isBefore(cell.end())) {
      Instant start = window.start(at);
      cell = new Cell(start, window.end(at).orElse(Instant.MAX), micros(start));
      last = cell;
    }
    return cell.micros();
  }

  /** The sum that it is reserved in. */
  long heldCell(Instant beganAt) {
    return isRolling() ? HELD : calendarCell(beganAt);
  }

  /** The first sum that counts at that moment. */
  long firstCell(Instant at) {
    if (window instanceof Window.Rolling rolling) {
      // A part is in the window until its last moment has left it.
      long part = micros(rolling.part());
      return Math.floorDiv(micros(at.minus(rolling.length())), part) * part;
    }
    return calendarCell(at);
  }

  boolean isRolling() {
    return window instanceof Window.Rolling;
  }

  /** In a form that {@link #parse} reads and that is the same for the same counter. */
  String text() {
    return text;
  }

  private static String text(Scope scope, Window window) {
    StringBuilder text = new StringBuilder("window ").append(window.key());
    scope
        .where()
        .forEach((name, value) -> text.append("\nwhere ").append(name).append('=').append(value));
    scope.each().forEach(name -> text.append("\neach ").append(name));
    return text.toString();
  }

  static Counter parse(String text) {
    String[] lines = text.split("\n", -1);
    Scope scope = Scope.ALL;
    for (String line : List.of(lines).subList(1, lines.length)) {
      String rest = line.substring(line.indexOf(' ') + 1);
      int equals = rest.indexOf('=');
      scope =
          line.startsWith("where ")
              ? scope.with(rest.substring(0, equals), rest.substring(equals + 1))
              : scope.forEach(rest);
    }
    return new Counter(scope, Window.parse(lines[0].substring("window ".length())));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Counter that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), MICROS), at.getNano() / 1000);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
