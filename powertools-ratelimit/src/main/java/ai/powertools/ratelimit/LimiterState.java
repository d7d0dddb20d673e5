package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a limiter, or what it keeps of one key, looked like at one moment.
 *
 * @param levels what there is of each limit
 * @param inFlight permits that are out
 * @param concurrency how many may be out at once now; {@link Integer#MAX_VALUE} without a limit
 * @param waiting calls that wait, at this place or anywhere below it
 * @param closedFor how long nobody will be let through, because the provider said so
 * @param keys how many keys are kept
 */
public record LimiterState(
    List<Level> levels, int inFlight, int concurrency, int waiting, Duration closedFor, int keys) {

  /** Copies the list. */
  public LimiterState {
    levels = List.copyOf(levels);
  }

  /**
   * What there is of one limit.
   *
   * @param available what could be taken at once; negative while calls that used more than they had
   *     reserved are paid off
   */
  public record Level(Limit limit, long available) {}

  /** What could be taken at once of a dimension: the least of several; empty without a limit. */
  public OptionalLong available(Dimension dimension) {
    return levels.stream()
        .filter(level -> level.limit().dimension().equals(dimension))
        .mapToLong(Level::available)
        .min();
  }

  /** Requests that could be made at once; empty without such a limit, the least of several. */
  public OptionalLong availableRequests() {
    return available(Dimension.REQUESTS);
  }

  /** Tokens that could be taken at once; empty without such a limit, the least of several. */
  public OptionalLong availableTokens() {
    return available(Dimension.TOKENS);
  }
}
