package ai.powertools.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** One request, granted or refused, by one thread and by two that share the limiter. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitingBenchmark {
  /** A limiter, and whether it grants. */
  @State(Scope.Benchmark)
  public abstract static class Limiter {
    /** How many limits it holds at once. */
    @Param({"1", "3"})
    public int limits;

    /** Which time it is measured; see {@link Passes}. */
    @Param("1")
    public int pass;

    /** Whose it is. */
    @Param({
      "ours",
      "ours-permit",
      "resilience4j",
      "bucket4j",
      "guava",
      "failsafe-bursty",
      "failsafe-smooth"
    })
    public String whose = "";

    private final boolean plenty;
    private Taker taker = () -> false;

    Limiter(boolean plenty) {
      this.plenty = plenty;
    }

    /** Makes it, and takes all there is where there is little. */
    @Setup
    public void fill() {
      taker = taker(whose, new Allowance(limits, plenty));
      if (!plenty && !taker.take()) {
        throw new IllegalStateException(whose + " does not even grant the first request.");
      }
      check();
    }

    boolean take() {
      return taker.take();
    }

    /** The answers were the ones that are measured. */
    @TearDown(Level.Iteration)
    public void check() {
      if (taker.take() != plenty) {
        throw new IllegalStateException(
            whose + (plenty ? " refuses, with plenty left." : " grants, with nothing left."));
      }
    }
  }

  /** Nothing but the number of the pass. */
  @State(Scope.Benchmark)
  public static class Again {
    /** Which time it is measured. */
    @Param("1")
    public int pass;
  }

  /** One that grants. */
  public static class Granting extends Limiter {
    /** For JMH. */
    public Granting() {
      super(true);
    }
  }

  /** One that refuses. */
  public static class Refusing extends Limiter {
    /** For JMH. */
    public Refusing() {
      super(false);
    }
  }

  static Taker taker(String whose, Allowance allowance) {
    return switch (whose) {
      case "ours" -> OurTakers.plain(allowance);
      case "ours-permit" -> OurTakers.permit(allowance);
      case "resilience4j" -> PeerTakers.resilience4j(allowance);
      case "bucket4j" -> PeerTakers.bucket4j(allowance);
      case "guava" -> PeerTakers.guava(allowance);
      case "failsafe-bursty" -> PeerTakers.failsafeBursty(allowance);
      case "failsafe-smooth" -> PeerTakers.failsafeSmooth(allowance);
      default -> throw new IllegalArgumentException("Nobody knows a limiter " + whose + ".");
    };
  }

  /** Granted. */
  @Benchmark
  public boolean permit(Granting limiter) {
    return limiter.take();
  }

  /** Granted, beside another thread. */
  @Benchmark
  @Threads(2)
  public boolean permitByTwo(Granting limiter) {
    return limiter.take();
  }

  /** Refused. */
  @Benchmark
  public boolean refuse(Refusing limiter) {
    return limiter.take();
  }

  /** Refused, beside another thread. */
  @Benchmark
  @Threads(2)
  public boolean refuseByTwo(Refusing limiter) {
    return limiter.take();
  }

  /** What asking the clock takes: all of them do. */
  @Benchmark
  public long nanoTime(Again again) {
    return System.nanoTime();
  }
}
