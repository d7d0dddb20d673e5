package ai.powertools.benchmarks;

import java.io.IOException;
import java.util.concurrent.Callable;
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

/**
 * A call through retry, circuit breaker and bulkhead, and through the retry alone; one that
 * succeeds, and one that fails twice before.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RetriesBenchmark {
  private static final String ANSWER = "answer";

  /** Whose calls they are. */
  @State(Scope.Benchmark)
  public abstract static class Calls {
    /** Which time it is measured; see {@link Passes}. */
    @Param("1")
    public int pass;

    /** Whose it is. */
    @Param({"ours", "resilience4j", "failsafe"})
    public String whose = "";

    private final Callable<String> work;
    private Caller caller = Callable::call;

    Calls(Callable<String> work) {
      this.work = work;
    }

    abstract Caller caller();

    /** Makes it. */
    @Setup
    public void make() {
      caller = caller();
    }

    String call() throws Exception {
      return caller.call(work);
    }

    /** No breaker has opened meanwhile. */
    @TearDown(Level.Iteration)
    public void check() throws Exception {
      if (!call().equals(ANSWER)) {
        throw new IllegalStateException(whose + " gives another answer than the work.");
      }
    }
  }

  /** Of a retry, a circuit breaker and a bulkhead. */
  public static class Guarded extends Calls {
    /** For JMH. */
    public Guarded() {
      super(() -> ANSWER);
    }

    @Override
    Caller caller() {
      return guarded(whose);
    }
  }

  /** Of a retry. */
  public static class Retrying extends Calls {
    /** For JMH. */
    public Retrying() {
      super(() -> ANSWER);
    }

    @Override
    Caller caller() {
      return retrying(whose);
    }
  }

  /** Of a retry that has something to do. */
  public static class Recovering extends Calls {
    /** For JMH. */
    public Recovering() {
      super(new FailingTwice());
    }

    @Override
    Caller caller() {
      return retrying(whose);
    }
  }

  /** Answers every third time, with the same error before: its making is not what is measured. */
  static final class FailingTwice implements Callable<String> {
    private final IOException error = new IOException("for the benchmark");
    private int calls;

    @Override
    public String call() throws IOException {
      calls++;
      if (calls % PeerCallers.ATTEMPTS != 0) {
        throw error;
      }
      return ANSWER;
    }
  }

  static Caller guarded(String whose) {
    return switch (whose) {
      case "ours" -> OurCallers.guarded();
      case "resilience4j" -> PeerCallers.resilience4jGuarded();
      case "failsafe" -> PeerCallers.failsafeGuarded();
      default -> throw new IllegalArgumentException("Nobody knows a retry " + whose + ".");
    };
  }

  static Caller retrying(String whose) {
    return switch (whose) {
      case "ours" -> OurCallers.retrying();
      case "resilience4j" -> PeerCallers.resilience4jRetrying();
      case "failsafe" -> PeerCallers.failsafeRetrying();
      default -> throw new IllegalArgumentException("Nobody knows a retry " + whose + ".");
    };
  }

  /** All three guards, and success. */
  @Benchmark
  public String guarded(Guarded calls) throws Exception {
    return calls.call();
  }

  /** The same beside another thread. */
  @Benchmark
  @Threads(2)
  public String guardedByTwo(Guarded calls) throws Exception {
    return calls.call();
  }

  /** The retry alone, and success. */
  @Benchmark
  public String retry(Retrying calls) throws Exception {
    return calls.call();
  }

  /** The same beside another thread. */
  @Benchmark
  @Threads(2)
  public String retryByTwo(Retrying calls) throws Exception {
    return calls.call();
  }

  /** Two failures, then success. */
  @Benchmark
  public String recovery(Recovering calls) throws Exception {
    return calls.call();
  }
}
