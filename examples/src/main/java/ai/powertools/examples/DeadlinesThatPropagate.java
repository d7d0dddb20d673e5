package ai.powertools.examples;

import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.retry.AttemptsExhaustedException;
import ai.powertools.retry.Retry;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A page has ten seconds. What is called for it, and what that calls in turn, know of them without
 * being told, in other threads too; nobody begins what can't end in time. On a clock that whoever
 * waits moves.
 */
public final class DeadlinesThatPropagate {
  private static final VirtualClock CLOCK = VirtualClock.autoAdvancing();

  private static final Retry RETRY =
      Retry.builder().maxAttempts(5).fixed(Duration.ofSeconds(1)).noJitter().time(CLOCK).build();

  private DeadlinesThatPropagate() {}

  @SuppressWarnings("try") // the scope is there to be closed
  public static void main(String[] arguments) {
    try (Deadline.Scope page = Deadline.after(Duration.ofSeconds(10), CLOCK).makeCurrent()) {
      say("profile", () -> RETRY.call(DeadlinesThatPropagate::profile));

      // Other threads know of it if the task carries it.
      ExecutorService others = Executors.newSingleThreadExecutor();
      CompletableFuture<Void> carried =
          CompletableFuture.runAsync(
              Deadline.carry(() -> say("another thread", () -> left())), others);
      carried.join();
      others.shutdown();

      // A deadline of one's own can only shorten the time, and so can a limit of a retry.
      Deadline generous = Deadline.after(Duration.ofMinutes(5), CLOCK);
      say("summary", () -> RETRY.call(generous, attempt -> summary()));

      CLOCK.advance(Deadline.current().remaining());
      say("advice", () -> RETRY.call(() -> "not reached"));
    }
    System.out.println("after the page: " + Deadline.current());
  }

  private static String profile() {
    CLOCK.advance(Duration.ofSeconds(2));
    return "is there, " + left();
  }

  /** A retry within a retry: both end by the page's deadline. */
  private static String summary() {
    return RETRY.call(
        () -> {
          CLOCK.advance(Duration.ofSeconds(3));
          System.out.println("  the model refuses, " + left());
          throw new IOException("connection reset");
        });
  }

  private static String left() {
    return Deadline.current().remaining().toMillis() + " ms left";
  }

  private static void say(String name, Supplier<String> part) {
    try {
      System.out.println(name + ": " + part.get());
    } catch (AttemptsExhaustedException e) {
      System.out.println(name + ": given up by the " + e.reason() + ", " + left());
    } catch (DeadlineExceededException e) {
      System.out.println(name + ": " + e.getMessage());
    }
  }
}
