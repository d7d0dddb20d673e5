package ai.powertools.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Histories of a register that is atomic by construction: clients that are always within a call,
 * each of which takes effect at one moment between its begin and its end.
 */
final class SimulatedRegister {
  private final RandomInput random;
  private final int values;
  private final double crashes;
  private String state = "0";
  private int written;

  /** How many values there are: few make reads ambiguous, none means that each is new. */
  SimulatedRegister(RandomInput random, int values, double crashes) {
    this.random = random;
    this.values = values;
    this.crashes = crashes;
  }

  private record Pending(
      String client, RegisterOperation operation, long invoked, long effect, long returned) {}

  List<Operation<RegisterOperation, String>> history(int clients, int operations) {
    PriorityQueue<Pending> pending = new PriorityQueue<>(Comparator.comparingLong(Pending::effect));
    for (int i = 0; i < clients; i++) {
      pending.add(call("c" + i, random.longs(0, 1_000)));
    }
    List<Operation<RegisterOperation, String>> history = new ArrayList<>();
    while (history.size() < operations) {
      Pending next = pending.remove();
      if (random.chance(crashes)) {
        if (random.chance(0.5)) {
          apply(next.operation());
        }
        history.add(Operation.unanswered(next.client(), "k", next.operation(), next.invoked()));
        pending.add(call(next.client() + "'", next.returned()));
      } else {
        String result = apply(next.operation());
        history.add(
            Operation.answered(
                next.client(), "k", next.operation(), result, next.invoked(), next.returned()));
        pending.add(call(next.client(), next.returned() + random.longs(1, 50)));
      }
    }
    return history;
  }

  private Pending call(String client, long from) {
    // Now and then one that takes long, as threads do that were put aside.
    long length = random.chance(0.02) ? random.longs(1, 20_000) : random.longs(2, 1_000);
    long effect = from + random.longs(1, length + 1);
    return new Pending(client, operation(), from, effect, from + length + 1);
  }

  private RegisterOperation operation() {
    int kind = random.ints(0, 10);
    if (kind < 5) {
      return new RegisterOperation.Read();
    }
    return kind < 8
        ? new RegisterOperation.Write(value())
        : new RegisterOperation.CompareAndSet(state, value());
  }

  private String value() {
    return values == 0 ? "v" + ++written : "" + random.ints(0, values);
  }

  private String apply(RegisterOperation operation) {
    if (operation instanceof RegisterOperation.Write write) {
      state = write.value();
      return "done";
    }
    if (operation instanceof RegisterOperation.CompareAndSet change) {
      boolean fits = state.equals(change.expected());
      state = fits ? change.value() : state;
      return "" + fits;
    }
    return state;
  }
}
