package ai.powertools.retry.report;

import java.time.Instant;
import java.util.List;

/**
 * Errors that are the same.
 *
 * @param fingerprint what they have in common
 * @param tally how many they are, and what became of their calls
 * @param firstSeen when the first came
 * @param lastSeen when the last came
 * @param trend how often they came lately
 * @param samples some of them: the first, the last, and between them some that were chosen at
 *     random; in the order in which they came
 */
public record ErrorGroup(
    Fingerprint fingerprint,
    Tally tally,
    Instant firstSeen,
    Instant lastSeen,
    Trend trend,
    List<ErrorEvent> samples) {
  /** Copies the list. */
  public ErrorGroup {
    samples = List.copyOf(samples);
  }

  /** The short name of the fingerprint. */
  public String id() {
    return fingerprint.id();
  }
}
