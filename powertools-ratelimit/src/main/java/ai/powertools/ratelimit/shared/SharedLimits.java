package ai.powertools.ratelimit.shared;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The levels of limits in one place for several processes.
 *
 * <p><b>The line.</b> All who take from one key stand in one line, in the order in which the server
 * hears of them, and light ones do not overtake a heavy one. What is granted ahead is taken at
 * once, and may be used when its turn has come; so nobody starves, and one call to the server is
 * enough for who waits, too.
 *
 * <p><b>The law.</b> For every limit, what is granted to be used within any span of {@code w} that
 * ends with a grant is at most {@code max(burst, that grant) + w * amount / window} on a token
 * bucket, and at most the amount in any window where the limit counts so. What was given back does
 * not count. Time is the server's, in microseconds; fractions are rounded against the caller.
 *
 * <p>A future that fails says that the server could not be asked, or did not answer: what was asked
 * may have happened all the same. Nothing that is lost this way is stuck for longer than it takes
 * to come in again; a place of a concurrency limit, for no longer than the time it was taken for.
 *
 * <p>Implementations are safe for use by many threads, and never block the caller.
 */
public interface SharedLimits extends AutoCloseable {
  /** One decision, atomic over all limits of the key. A refusal takes nothing. */
  CompletableFuture<Grant> take(SharedTake take);

  /**
   * Gives back what was granted and not used: as much as would still be there had it never been
   * taken. What has come in again meanwhile, up to the brim, does not come twice. A grant ahead
   * keeps its turn in the line: those behind it find more there, but not sooner.
   *
   * @param amounts no more than the grant's
   * @param stamp the {@link Grant#stamp} of it; of several grants, the oldest
   */
  CompletableFuture<Void> giveBack(
      String key, Limits limits, Map<Dimension, Long> amounts, long stamp);

  /**
   * Holds places of a concurrency limit for {@code ttl} from now. One that has lapsed and was not
   * released is taken again, even when others have taken all places meanwhile: the call is there.
   */
  CompletableFuture<Void> renew(String key, List<String> leases, Duration ttl);

  /** Frees a place. Harmless when it has lapsed. */
  CompletableFuture<Void> release(String key, String lease);

  /**
   * The vendor said to wait: nobody who asks from now on is let through for so long. Of several
   * pauses the one that ends last counts. What was granted ahead is not taken back.
   *
   * @param pause from when the server hears of it
   */
  CompletableFuture<Void> backOff(String key, Duration pause);

  /** Ends it. Harmless the second time; what is asked for afterwards fails. */
  @Override
  void close();
}
