package ai.powertools.ratelimit;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's answer teaches a place. Guarded by the gate's guard.
 *
 * @param report what it said
 * @param permit of the call that was answered; null when it is not known
 */
record Lesson(LimitReport report, @Nullable Permit permit) {

  /**
   * The limits of a place with what was said about them: the provider's number takes the place of
   * ours, for the window that it speaks of.
   */
  Limits limits(Limits known) {
    Limits learned = known;
    for (Limit limit : known.list()) {
      LimitReport.Reported reported = report.dimensions().get(limit.dimension());
      if (reported != null && speaksOf(reported, limit, known)) {
        OptionalLong amount = reported.limit();
        if (amount.isPresent() && isUsable(amount.getAsLong(), limit)) {
          learned = learned.with(resized(limit, amount.getAsLong()));
        }
      }
    }
    return learned;
  }

  private static boolean isUsable(long amount, Limit limit) {
    return amount >= 1 && amount <= Limit.MOST && amount != limit.amount();
  }

  /** Another amount, with the burst in proportion. */
  private static Limit resized(Limit limit, long amount) {
    long burst = Limit.share(amount, (double) limit.burst() / limit.amount());
    return new Limit(limit.dimension(), amount, limit.window(), burst, limit.counting());
  }

  /**
   * Leaves no more at a place than the provider says there is: others may have used the rest. What
   * was let through after the call may not have reached the provider when it spoke, and is taken
   * off.
   */
  void lower(Node place, InFlight inFlight) {
    for (int i = 0; i < place.levels().length; i++) {
      Level level = place.levels()[i];
      Limit known = place.limits().list().get(i); // the level's own is longer while it is slowed
      Dimension dimension = known.dimension();
      LimitReport.Reported reported = report.dimensions().get(dimension);
      if (reported != null
          && reported.remaining().isPresent()
          && speaksOf(reported, known, place.limits())) {
        long underway = permit == null ? 0 : inFlight.givenAfter(permit, place, dimension);
        level.lower(Math.max(0, reported.remaining().getAsLong() - underway));
      }
    }
  }

  /** Whether a report is about this limit: its window, or the shortest where it names none. */
  private static boolean speaksOf(LimitReport.Reported reported, Limit limit, Limits known) {
    return reported
        .likelyWindow()
        .map(window -> window.equals(limit.window()))
        .orElseGet(
            () ->
                known.list().stream()
                    .filter(other -> other.dimension().equals(limit.dimension()))
                    .allMatch(other -> other.window().compareTo(limit.window()) >= 0));
  }
}
