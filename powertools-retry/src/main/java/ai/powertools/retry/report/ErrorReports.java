package ai.powertools.retry.report;

import ai.powertools.retry.ErrorKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Counts errors in groups of those that are the same, in bounded memory: at most {@link
 * Builder#maxGroups} groups with at most {@link Builder#samples} samples each, of a few kilobytes
 * at most. When there are more groups, the one that was not seen for the longest time is folded
 * into one that stands for all such groups, so that totals stay right.
 *
 * <p>Safe for use by many threads: each event is counted once, under one lock that is held for a
 * microsecond or so; its fingerprint is taken before.
 */
public final class ErrorReports implements ErrorSink {
  /** What folded groups have in common is that they are gone. */
  private static final Fingerprint FOLDED =
      new Fingerprint(ErrorKind.UNKNOWN, "", "(others)", "groups not seen for the longest");

  private final int maxGroups;
  private final int samples;
  private final InstantSource time;
  private final SplittableRandom random;
  private Instant since;
  private final Map<Fingerprint, Group> groups = new LinkedHashMap<>(16, 0.75f, true);
  private Sums total = new Sums();
  private @Nullable Group folded;
  private long foldedGroups;

  private ErrorReports(Builder builder) {
    this.maxGroups = builder.maxGroups;
    this.samples = builder.samples;
    this.time = builder.time;
    this.random = new SplittableRandom(builder.seed);
    this.since = time.instant();
  }

  /** With 1,000 groups of 5 samples, on the machine's clock. */
  public static ErrorReports create() {
    return builder().build();
  }

  /** With bounds of one's own. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void accept(ErrorEvent event) {
    Fingerprint fingerprint = event.fingerprint();
    synchronized (this) {
      Group group = groups.get(fingerprint);
      if (group == null) {
        makeRoom();
        group = new Group(samples, random);
        groups.put(fingerprint, group);
      }
      group.add(event, time.instant());
      total.add(event);
    }
  }

  private void makeRoom() {
    if (groups.size() < maxGroups) {
      return;
    }
    Iterator<Group> eldest = groups.values().iterator();
    Group gone = eldest.next();
    eldest.remove();
    if (folded == null) {
      folded = new Group(samples, random);
    }
    folded.fold(gone);
    foldedGroups++;
  }

  /** What was counted so far. */
  public synchronized ErrorReport snapshot() {
    Instant now = time.instant();
    List<ErrorGroup> sorted =
        groups.entrySet().stream()
            .map(entry -> entry.getValue().snapshot(entry.getKey(), since, now))
            .sorted(
                Comparator.comparingLong((ErrorGroup group) -> group.tally().count())
                    .thenComparing(ErrorGroup::lastSeen)
                    .reversed())
            .toList();
    return new ErrorReport(
        now,
        since,
        total.tally(),
        sorted,
        foldedGroups,
        Optional.ofNullable(folded).map(group -> group.snapshot(FOLDED, since, now)));
  }

  /** What was counted so far; then counts from nothing again, as for a report each day. */
  public synchronized ErrorReport snapshotAndReset() {
    ErrorReport report = snapshot();
    groups.clear();
    total = new Sums();
    folded = null;
    foldedGroups = 0;
    since = report.generatedAt();
    return report;
  }

  /** How much is kept, and on which clock. */
  public static final class Builder {
    private int maxGroups = 1_000;
    private int samples = 5;
    private InstantSource time = InstantSource.system();
    private long seed = System.nanoTime();

    private Builder() {}

    /**
     * How many groups are kept apart; 1,000 unless set.
     *
     * @throws IllegalArgumentException if there is less than one
     */
    public Builder maxGroups(int groups) {
      this.maxGroups = positive("group", groups);
      return this;
    }

    /**
     * How many samples of a group are kept, the first and the last included; 5 unless set.
     *
     * @throws IllegalArgumentException if there is less than one
     */
    public Builder samples(int samples) {
      this.samples = positive("sample", samples);
      return this;
    }

    /** The clock; the machine's unless set. */
    public Builder time(InstantSource time) {
      this.time = time;
      return this;
    }

    /** What the choice of samples grows from; another one each time unless set. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Begins to count. */
    public ErrorReports build() {
      return new ErrorReports(this);
    }

    private static int positive(String what, int number) {
      if (number < 1) {
        throw new IllegalArgumentException(
            "A report of %d %ss shows nothing: give at least 1.".formatted(number, what));
      }
      return number;
    }
  }
}
