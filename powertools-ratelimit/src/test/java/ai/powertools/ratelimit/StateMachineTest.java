package ai.powertools.ratelimit;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What threads do to one limiter at the same time has an order: Lincheck makes up the programs,
 * looks for interleavings, and compares with the same limiter used by one thread.
 */
@Timeout(120)
@Param(name = "tokens", gen = IntGen.class, conf = "0:60")
public class StateMachineTest {
  private static final int ITERATIONS = Integer.getInteger("powertools.lincheck.iterations", 1);
  private static final int THREADS = 4; // their numbers begin at zero or at one

  private final VirtualClock clock = VirtualClock.create();
  private final AtomicReferenceArray<Permit> permits = new AtomicReferenceArray<>(THREADS + 1);
  private final RateLimiter limiter =
      RateLimiter.builder()
          .time(clock)
          .requestsPer(4, Duration.ofSeconds(1), 4)
          .tokensPer(100, Duration.ofSeconds(1), 100)
          .build();

  /** Whether it went through; the permit is the thread's own. */
  @Operation
  public boolean tryAcquire(
      @Param(gen = ThreadIdGen.class) int thread, @Param(name = "tokens") int tokens) {
    Permit permit = limiter.tryAcquire(Demand.tokens(tokens)).orElse(null);
    if (permit != null) {
      permits.set(thread, permit);
    }
    return permit != null;
  }

  /** Whether it was there. */
  @Operation
  public boolean tryTake(@Param(name = "tokens") int tokens) {
    return limiter.tryTake(Demand.tokens(tokens));
  }

  /** What the thread's last call used. */
  @Operation
  public void used(@Param(gen = ThreadIdGen.class) int thread, @Param(name = "tokens") int tokens) {
    Permit permit = permits.get(thread);
    if (permit != null) {
      permit.used(tokens);
    }
  }

  /** The thread's last call has ended. */
  @Operation
  public void close(@Param(gen = ThreadIdGen.class) int thread) {
    Permit permit = permits.get(thread);
    if (permit != null) {
      permit.close();
    }
  }

  /** The thread's last call was never sent. */
  @Operation
  public void cancel(@Param(gen = ThreadIdGen.class) int thread) {
    Permit permit = permits.get(thread);
    if (permit != null) {
      permit.cancel();
    }
  }

  /** All that anybody can see. */
  @Operation
  public String state() {
    return limiter.state().toString();
  }

  /** Time passes. */
  @Operation
  public void tick() {
    clock.advance(Duration.ofMillis(100));
  }

  @Test
  void everyInterleavingHasAnOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(1)
        .iterations(ITERATIONS)
        .invocationsPerIteration(50)
        .check(StateMachineTest.class);
  }

  @Test
  void whatRealThreadsDoHasAnOrder() {
    new StressOptions()
        .threads(2)
        .actorsPerThread(3)
        .iterations(ITERATIONS)
        .invocationsPerIteration(100)
        .check(StateMachineTest.class);
  }
}
