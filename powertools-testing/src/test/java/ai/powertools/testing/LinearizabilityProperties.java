package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes from an atomic register passes, and what was falsified does not. */
class LinearizabilityProperties {
  private static final LinearizabilityChecker<String, RegisterOperation, String> CHECKER =
      LinearizabilityChecker.of(new RegisterModel("0"));

  @Test
  void whatAnAtomicRegisterDidPasses() {
    RandomInput.check(
        RandomInput.size("powertools.model.histories", 60),
        input -> {
          SimulatedRegister register =
              new SimulatedRegister(input, input.oneOf(0, 3, 100), input.oneOf(0.0, 0.01));
          Verdict verdict = CHECKER.check(register.history(input.ints(1, 9), 400));
          assertThat(verdict.isLinearizable()).as(verdict.toString()).isTrue();
        });
  }

  /** Answered by a value that had been overwritten for sure before the read began. */
  @Test
  void aStaleReadIsFoundWhereverItIs() {
    RandomInput.check(
        RandomInput.size("powertools.model.histories", 60),
        input -> {
          List<Operation<RegisterOperation, String>> history =
              new SimulatedRegister(input, 0, 0).history(input.ints(1, 6), 300);
          Verdict verdict = CHECKER.check(withStaleRead(history));
          assertThat(verdict).isInstanceOf(Verdict.NotLinearizable.class);
        });
  }

  private static List<Operation<RegisterOperation, String>> withStaleRead(
      List<Operation<RegisterOperation, String>> history) {
    List<Operation<RegisterOperation, String>> writes =
        history.stream().filter(one -> one.operation() instanceof RegisterOperation.Write).toList();
    for (Operation<RegisterOperation, String> first : writes) {
      for (Operation<RegisterOperation, String> second : writes) {
        if (second.invoked() > first.returned()) {
          List<Operation<RegisterOperation, String>> more = new ArrayList<>(history);
          more.add(
              Operation.answered(
                  "stale",
                  "k",
                  new RegisterOperation.Read(),
                  ((RegisterOperation.Write) first.operation()).value(),
                  second.returned() + 1,
                  second.returned() + 2));
          return more;
        }
      }
    }
    throw new AssertionError("no two writes one after the other");
  }

  /** Every short history is judged as trying all orders does. */
  @Test
  void agreesWithTryingAllOrders() {
    RandomInput.check(
        RandomInput.size("powertools.model.small", 3_000),
        input -> {
          List<Operation<RegisterOperation, String>> history = new ArrayList<>();
          for (int i = input.ints(1, 7); i > 0; i--) {
            history.add(anyOperation(input, "c" + i));
          }
          assertThat(CHECKER.check(history).isLinearizable())
              .as(history.toString())
              .isEqualTo(hasAnOrder(history, "0"));
        });
  }

  private static Operation<RegisterOperation, String> anyOperation(
      RandomInput input, String client) {
    String operation =
        input.oneOf("read", "read", "write 0", "write 1", "cas 0 1", "cas 1 0", "cas 1 1");
    RegisterOperation parsed = RegisterOperation.parse(operation);
    long from = input.longs(0, 20);
    if (input.chance(0.15)) {
      return Operation.unanswered(client, "k", parsed, from);
    }
    String result =
        parsed instanceof RegisterOperation.CompareAndSet
            ? input.oneOf("true", "false")
            : input.oneOf("0", "1");
    return Operation.answered(client, "k", parsed, result, from, from + input.longs(0, 15));
  }

  private static boolean hasAnOrder(List<Operation<RegisterOperation, String>> left, String state) {
    if (left.stream().noneMatch(Operation::isAnswered)) {
      return true;
    }
    long firstEnd = left.stream().mapToLong(Operation::returned).min().orElseThrow();
    for (Operation<RegisterOperation, String> next : left) {
      Optional<String> after = new RegisterModel("0").step(state, next.operation(), next.result());
      if (next.invoked() <= firstEnd && after.isPresent()) {
        List<Operation<RegisterOperation, String>> rest = new ArrayList<>(left);
        rest.remove(next);
        if (hasAnOrder(rest, after.get())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of a fixed seed: some of such histories take far longer. */
  @Test
  void tenThousandOperationsOfTwentyFourClientsTakeSeconds() {
    List<Operation<RegisterOperation, String>> history =
        new SimulatedRegister(RandomInput.of(4 * 77), 0, 0.002).history(24, 10_000);
    long start = System.nanoTime();

    Verdict verdict = CHECKER.check(history);

    assertThat(verdict).isEqualTo(new Verdict.Linearizable(1, 10_000));
    assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L);
  }
}
