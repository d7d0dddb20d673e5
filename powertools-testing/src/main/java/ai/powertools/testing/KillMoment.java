package ai.powertools.testing;

import java.time.Duration;

/** Chooses when the writer is killed: while it starts, or after some of its acknowledgements. */
final class KillMoment {
  private static final Duration FIRST_GUESS = Duration.ofMillis(300);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(5);

  private final RandomInput random;
  private final double startingShare;
  private final int mostAcknowledged;
  private final Duration patience;
  private Duration startTime = FIRST_GUESS;

  KillMoment(RandomInput random, double startingShare, int mostAcknowledged, Duration patience) {
    this.random = random;
    this.startingShare = startingShare;
    this.mostAcknowledged = mostAcknowledged;
    this.patience = patience;
  }

  /** Returns when it has come. */
  void await(WatchedWriter writer) {
    if (random.chance(startingShare)) {
      long start = System.nanoTime();
      if (writer.awaitLines(1, random.durations(Duration.ZERO, startTime))) {
        startTime = Duration.ofNanos(System.nanoTime() - start); // it starts faster than thought
      }
      return;
    }
    int enough = random.ints(0, mostAcknowledged + 1);
    Duration pause = random.durations(Duration.ZERO, LONGEST_PAUSE);
    long start = System.nanoTime();
    boolean done = writer.awaitLines(1, patience);
    if (done) {
      startTime = Duration.ofNanos(System.nanoTime() - start);
      done = writer.awaitAcknowledgements(enough, patience);
    }
    if (!done) {
      throw new IllegalStateException(writer.didNotAcknowledge(enough, patience));
    }
    writer.awaitEnd(pause);
  }
}
