package ai.powertools.router;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How long answers to one kind of task are: of each model, and of all. */
final class AnswerLengths {
  /** Answers longer than this are not told apart: about the longest output of any model. */
  private static final long LONGEST = 1 << 22;

  /** Fewer answers than this say little. */
  private static final long FEW = 5;

  private final Lengths all = new Lengths();
  private final Map<String, Lengths> byModel = new ConcurrentHashMap<>();

  /** Half of the answers are no longer; -1 when too few are known. */
  long usual(String label) {
    Lengths own = of(label);
    return own.samples >= FEW ? own.usual : all.samples >= FEW ? all.usual : -1;
  }

  /** Nineteen of twenty are no longer; -1 when too few are known. */
  long longOne(String label) {
    Lengths own = of(label);
    return own.samples >= FEW ? own.longOne : all.samples >= FEW ? all.longOne : -1;
  }

  void add(String label, long tokens) {
    all.add(tokens);
    byModel.computeIfAbsent(label, name -> new Lengths()).add(tokens);
  }

  /** What was learned of each model, for a file. */
  Map<String, Lengths> byModel() {
    return byModel;
  }

  private Lengths of(String label) {
    Lengths own = byModel.get(label);
    return own == null ? all : own;
  }

  /** Is told of each length. */
  @FunctionalInterface
  interface Counts {
    void count(long tokens, long answers);
  }

  /** Quantiles that are read without a lock. */
  static final class Lengths {
    private static final int EVERY = 8;
    private static final int OFTEN = 32;

    private @Nullable Quantiles quantiles;
    private long added;
    volatile long samples;
    volatile long usual;
    volatile long longOne;

    /** Each length, and how many answers had it. */
    synchronized void each(Counts counts) {
      if (quantiles != null) {
        quantiles.each(counts::count);
      }
    }

    synchronized void add(long tokens) {
      Quantiles known = quantiles;
      if (known == null) {
        known = new Quantiles(LONGEST);
        quantiles = known;
      }
      known.add(tokens);
      added++;
      if (added < OFTEN || added % EVERY == 0) {
        usual = known.at(50);
        longOne = known.at(95);
        samples = known.samples();
      }
    }
  }
}
