package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Compares what sessions answer with what the model does, and counts. */
abstract class ModelComparison {
  final RandomInput random;
  final HistoryWindow history;
  final VirtualClock clock = VirtualClock.create();
  final SessionModel model;
  final Map<String, Long> counts = new TreeMap<>();
  String doing = "";
  long step;

  ModelComparison(RandomInput random, HistoryWindow history) {
    this.random = random;
    this.history = history;
    this.model = new SessionModel(clock, history);
  }

  Ttl ttl() {
    Duration time = Duration.ofSeconds(random.ints(1, 60));
    return random.chance(0.5) ? Ttl.sliding(time) : Ttl.of(time);
  }

  void changes(String what, ModelSession m, long token, Supplier<?> expected, Supplier<?> found) {
    same(what, m, () -> m.change(token, expected), found);
  }

  /** Both must give the same, or refuse with the same error. */
  void same(String what, ModelSession m, Supplier<?> expected, Supplier<?> found) {
    optional(what, m, true, expected, found);
  }

  /**
   * The same; where it is not sure that it can be answered, it may be refused, but not answered
   * otherwise.
   */
  void optional(
      String what, ModelSession m, boolean sure, Supplier<?> expected, Supplier<?> found) {
    note(what);
    Object wanted = model.isInUse(m) ? outcome(expected) : (Object) SessionException.class;
    Object got = outcome(found);
    if (sure || !got.equals(SessionException.class)) {
      assertThat(got).as(where()).isEqualTo(wanted);
    }
  }

  void note(String what) {
    doing = what;
    counts.merge(what, 1L, Long::sum);
  }

  static Supplier<Boolean> done(Runnable work) {
    return () -> {
      work.run();
      return true;
    };
  }

  static Object outcome(Supplier<?> work) {
    try {
      return work.get();
    } catch (ModelSession.Refused e) {
      return e.type;
    } catch (SessionException e) {
      return e.getClass();
    }
  }

  static Object rethrown(Object outcome) {
    if (outcome instanceof Class<?> type) {
      throw new ModelSession.Refused(type.asSubclass(SessionException.class));
    }
    return outcome;
  }

  String where() {
    return "step %d (%s), history %s, %s".formatted(step, doing, history, random);
  }
}
