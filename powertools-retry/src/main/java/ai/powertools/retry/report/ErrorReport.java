package ai.powertools.retry.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong in a time, group by group. Immutable, and without secrets: see {@link Scrub}.
 *
 * @param generatedAt when it was made
 * @param since from when on errors were counted
 * @param total of all groups, and of what was folded
 * @param groups the largest first
 * @param foldedGroups how many groups made room for newer ones and are in {@code folded}; one that
 *     came back and went again counts again
 * @param folded the groups that made room for newer ones, as one; empty if none had to
 */
public record ErrorReport(
    Instant generatedAt,
    Instant since,
    Tally total,
    List<ErrorGroup> groups,
    long foldedGroups,
    Optional<ErrorGroup> folded) {
  /** Copies the list. */
  public ErrorReport {
    groups = List.copyOf(groups);
  }

  /** A table of at most 100 columns for people at a terminal. */
  public String toText() {
    return new ReportText(this).toString();
  }

  /** All of it for programs; the names of fields are stable within a {@code version}. */
  public String toJson() {
    return ReportJson.of(this);
  }

  /** A page that needs nothing else: no script, no other file. */
  public String toHtml() {
    return new ReportPage(this).toString();
  }

  @Override
  public String toString() {
    return "ErrorReport[%d errors in %d groups since %s]"
        .formatted(total.count(), groups.size(), since);
  }
}
