package ai.powertools.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kills a process that writes, again and again, and looks each time whether what it had promised is
 * still there.
 *
 * <pre>{@code
 * CrashReport report =
 *     CrashHarness.of(NoteWriter.class, file.toString())
 *         .cycles(100)
 *         .prove(cycle -> Survivors.of(readNotes(file)));
 * }</pre>
 *
 * <p>The writer is a {@code main} of the class path that goes on writing until it is killed, each
 * time on the same files. On its standard output it prints a line {@code ack ID} when the write of
 * that id has become durable, and, before it begins a write, {@code try ID}; other lines mean
 * nothing, but the first one says that it has started. An id is whatever stands behind the word,
 * and is written once: a writer goes on after what it finds. Print a line by one call, so that
 * those of several threads don't mix. A writer that prints no {@code try} can't be caught keeping
 * what it never wrote.
 *
 * <p>It is killed with SIGKILL, a share of the times while it is still starting. What was in the
 * pipe by then counts as said; a line without an end does not. With a {@link ForgetfulDisk} the
 * kill becomes a power cut.
 *
 * <p>The seed fixes what is chosen, not how far the writer comes. Not for use by several threads.
 */
public final class CrashHarness {
  private final Class<?> main;
  private final String[] arguments;
  private final Map<String, String> environment = new HashMap<>();
  private RandomInput random = RandomInput.seeded();
  private int cycles = RandomInput.size("powertools.crash.cycles", 100);
  private int mostAcknowledged = 300;
  private double startingShare = 0.2;
  private Duration patience = Duration.ofMinutes(2);
  private @Nullable ForgetfulDisk disk;

  private CrashHarness(Class<?> main, String[] arguments) {
    this.main = main;
    this.arguments = arguments.clone();
  }

  /** What looks at the files after a kill. */
  @FunctionalInterface
  public interface Check {
    /**
     * Opens the files again and says what is there. It may fail by throwing, and must have closed
     * them when it returns.
     */
    Survivors check(CrashCycle cycle) throws Exception;
  }

  /** For a writer with a {@code main} and these arguments. */
  public static CrashHarness of(Class<?> main, String... arguments) {
    return new CrashHarness(main, arguments);
  }

  /**
   * How many times it is killed; without this as often as {@code -Dpowertools.crash.cycles} says,
   * or else 100 times.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CrashHarness cycles(int cycles) {
    this.cycles = positive(cycles, "cycles");
    return this;
  }

  /** Where the choices come from; without this {@link RandomInput#seeded()}. */
  public CrashHarness random(RandomInput random) {
    this.random = random;
    return this;
  }

  /**
   * How many acknowledgements of one life are waited for at most before the kill: from 0 to this,
   * at random. 300 without this.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CrashHarness acknowledgements(int most) {
    this.mostAcknowledged = positive(most, "acknowledgements");
    return this;
  }

  /**
   * The share of kills that are to hit the writer before its first line, from 0 to 1. A fifth
   * without this.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public CrashHarness startingShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share is from 0 to 1, not " + share + ".");
    }
    this.startingShare = share;
    return this;
  }

  /**
   * How long the writer may take until it has acknowledged what is waited for. Two minutes without
   * this.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public CrashHarness patience(Duration patience) {
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("Patience must be positive, not " + patience + ".");
    }
    this.patience = patience;
    return this;
  }

  /** A variable of the writer's environment. */
  public CrashHarness environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /**
   * Lets each kill be a power cut: what the writer did not force to this disk may be lost. The
   * folder of the disk has to hold all that the writer keeps.
   */
  public CrashHarness on(ForgetfulDisk disk) {
    this.disk = disk;
    return this;
  }

  /**
   * Kills and checks, and stops at the first cycle that shows something lost, torn or invented.
   *
   * @throws AssertionError if one does, or the check failed, with the number of the cycle and the
   *     seed
   * @throws IllegalStateException if the writer ends by itself, or hangs
   */
  public CrashReport prove(Check check) {
    return run(check, true);
  }

  /**
   * Kills and checks and counts what is lost, torn or invented, for writers that may lose something
   * and for tests that show how much. What is there after a kill is what the next cycle starts
   * from.
   *
   * @throws AssertionError if the check failed
   * @throws IllegalStateException if the writer ends by itself, or hangs
   */
  public CrashReport count(Check check) {
    return run(check, false);
  }

  private CrashReport run(Check check, boolean strict) {
    CrashTally tally = new CrashTally(random.seed());
    KillMoment moment = new KillMoment(random, startingShare, mostAcknowledged, patience);
    for (int number = 1; number <= cycles; number++) {
      List<String> lines = new ArrayList<>();
      boolean starting = liveAndDie(moment, lines);
      ForgetfulDisk under = disk;
      long forgotten = under == null ? 0 : under.cutPower(random).forgotten();
      CrashCycle cycle = tally.killed(number, starting, lines, forgotten);
      String where = "Cycle " + number + " of " + cycles + ", seed " + random.seed() + ": ";
      String wrong = tally.settle(look(check, cycle, where));
      if (strict && !wrong.isEmpty()) {
        throw new AssertionError(where + wrong);
      }
    }
    return tally.report();
  }

  private boolean liveAndDie(KillMoment moment, List<String> lines) {
    Map<String, String> variables = new HashMap<>(environment);
    ForgetfulDisk under = disk;
    if (under != null) {
      variables.putAll(under.environment());
    }
    try (JavaProcess process = JavaProcess.start(main, variables, arguments)) {
      WatchedWriter writer = new WatchedWriter(process, main.getName());
      moment.await(writer);
      return writer.killAndCollect(lines);
    }
  }

  private static Survivors look(Check check, CrashCycle cycle, String where) {
    try {
      return check.check(cycle);
    } catch (Exception | AssertionError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new AssertionError(where + "the check failed: " + e, e);
    }
  }

  private static int positive(int number, String what) {
    if (number <= 0) {
      throw new IllegalArgumentException("Give a positive number of " + what + ", not " + number);
    }
    return number;
  }
}
