package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a policy did to a load. Immutable.
 *
 * @param policy as it was written
 * @param trace where the calls come from
 * @param elapsed from the start of the trace until the last call had ended
 * @param all of the calls
 * @param byPriority of each priority that occurred, the highest first
 * @param byTenant of each tenant that occurred, by their names
 * @param refusals how many calls were refused, by why and by what stood in the way
 * @param limits how much of each was used
 * @param timeline the calls by when they asked, at most 256 slots of equal length
 */
public record SimulationReport(
    String policy,
    String trace,
    Duration elapsed,
    Served all,
    List<Served> byPriority,
    List<Served> byTenant,
    SortedMap<String, Long> refusals,
    List<LimitUse> limits,
    List<TimeSlot> timeline) {

  /** Keeps copies that do not change. */
  public SimulationReport {
    byPriority = List.copyOf(byPriority);
    byTenant = List.copyOf(byTenant);
    refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
    limits = List.copyOf(limits);
    timeline = List.copyOf(timeline);
  }

  /**
   * For a terminal: the numbers, and waits and refusals over time as a plot of characters.
   *
   * @param width of the plot in characters, with its labels; 40 to 400
   * @throws IllegalArgumentException if it is another width
   */
  public String text(int width) {
    if (width < 40 || width > 400) {
      throw new IllegalArgumentException("A plot is 40 to 400 characters wide, not " + width + ".");
    }
    return new ReportText(this).text() + new TextPlot(timeline, width).text();
  }

  /** A drawing of waits and refusals over time, readable on light and on dark pages. */
  public String svg() {
    return new ReportDrawing(this).svg();
  }

  @Override
  public String toString() {
    return text(80);
  }
}
