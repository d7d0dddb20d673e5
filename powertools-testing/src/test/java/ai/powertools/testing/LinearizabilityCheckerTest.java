package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Small histories of which everybody can see what they are. */
class LinearizabilityCheckerTest {
  private final List<Operation<RegisterOperation, String>> history = new ArrayList<>();

  private void did(String client, String operation, String result, long from, long to) {
    history.add(
        Operation.answered(client, "k", RegisterOperation.parse(operation), result, from, to));
  }

  private void crashed(String client, String operation, long from) {
    history.add(Operation.unanswered(client, "k", RegisterOperation.parse(operation), from));
  }

  private Verdict verdict() {
    return LinearizabilityChecker.of(new RegisterModel("0")).check(history);
  }

  private void assertGood() {
    assertThat(verdict()).isEqualTo(new Verdict.Linearizable(1, history.size()));
    assertThat(verdict().isLinearizable()).isTrue();
  }

  private Verdict.NotLinearizable assertBad() {
    assertThat(verdict()).isInstanceOf(Verdict.NotLinearizable.class);
    assertThat(verdict().isLinearizable()).isFalse();
    return (Verdict.NotLinearizable) verdict();
  }

  @Test
  void nothingIsLinearizable() {
    assertThat(verdict()).isEqualTo(new Verdict.Linearizable(0, 0));
  }

  @Test
  void overlappingOperationsMayTakeEffectInEitherOrder() {
    did("a", "write 1", "done", 0, 10);
    did("b", "read", "0", 1, 9);
    did("c", "read", "1", 2, 8);
    assertGood();
  }

  @Test
  void whatTouchesOverlaps() {
    did("a", "write 1", "done", 0, 10);
    did("b", "read", "0", 10, 11);
    assertGood();
  }

  @Test
  void aStaleReadIsFound() {
    did("a", "write 1", "done", 0, 10);
    did("b", "write 2", "done", 11, 20);
    crashed("c", "cas 8 9", 15);
    did("d", "read", "1", 21, 30);

    Verdict.NotLinearizable bad = assertBad();

    assertThat(bad.key()).isEqualTo("k");
    assertThat(bad.stuck()).isEqualTo(history.get(3));
    assertThat(bad.state()).isEqualTo("2");
    assertThat(bad)
        .hasToString(
            """
            Key "k" is not linearizable. An order that explains what came before:
              a: write 1 -> done
              b: write 2 -> done
              then it holds: 2
            No place is left for:
              d: read -> 1
            Under way when that returned: [c: cas 8 9 -> ?]""");
  }

  @Test
  void readsMustNotGoBackInTime() {
    did("a", "write 1", "done", 0, 100);
    did("b", "read", "1", 10, 20);
    did("c", "read", "0", 30, 40);
    assertThat(assertBad().stuck()).isEqualTo(history.get(2));
  }

  @Test
  void twoCannotBothChangeTheSameValue() {
    did("a", "cas 0 1", "true", 0, 10);
    did("b", "cas 0 2", "true", 0, 10);
    assertBad();
    history.remove(1);
    did("b", "cas 0 2", "false", 0, 10);
    did("c", "read", "1", 11, 12);
    assertGood();
  }

  @Test
  void anUnansweredOperationMayTakeEffectLateOrNever() {
    crashed("a", "write 1", 0);
    did("b", "read", "0", 10, 20);
    assertGood();
    did("c", "read", "1", 30, 40);
    assertGood();
    did("d", "read", "0", 50, 60);
    assertThat(assertBad().stuck()).isEqualTo(history.get(3));
  }

  @Test
  void anUnansweredOperationDoesNotTakeEffectTwiceNorBeforeItBegan() {
    crashed("a", "cas 0 1", 5);
    did("b", "read", "1", 0, 4);
    assertBad();
    history.clear();
    crashed("a", "append 1", 0);
    did("b", "read", "01", 10, 20);
    assertGood();
    did("b", "read", "011", 30, 40);
    assertBad();
  }

  @Test
  void aWriteOfTheSameValueMayTakeEffectLater() {
    did("a", "write 0", "done", 0, 100); // changes nothing now, and restores the value later
    did("b", "write 1", "done", 10, 20);
    did("c", "read", "0", 30, 40);
    assertGood();
  }

  @Test
  void appendsAreSeenInOneOrder() {
    did("a", "append 1", "done", 0, 10);
    did("b", "append 2", "done", 0, 10);
    did("c", "read", "021", 11, 20);
    assertGood();
    did("d", "read", "012", 21, 30);
    assertBad();
  }

  @Test
  void eachKeyIsCheckedByItself() {
    did("a", "write 1", "done", 0, 10);
    history.add(Operation.answered("b", "other", new RegisterOperation.Read(), "0", 20, 30));
    assertThat(verdict()).isEqualTo(new Verdict.Linearizable(2, 2));
    history.add(Operation.answered("b", "other", new RegisterOperation.Read(), "1", 40, 50));
    assertThat(assertBad().key()).isEqualTo("other");
  }

  @Test
  void anyModelWillDo() {
    SequentialModel<Integer, String, Integer> counter =
        new SequentialModel<>() {
          @Override
          public Integer initial() {
            return 0;
          }

          @Override
          public Optional<Integer> step(Integer state, String add, Optional<Integer> result) {
            int next = state + Integer.parseInt(add);
            return result.isEmpty() || result.get() == next ? Optional.of(next) : Optional.empty();
          }
        };
    List<Operation<String, Integer>> good =
        List.of(
            Operation.answered("a", "k", "1", 3, 0, 10),
            Operation.answered("b", "k", "2", 2, 0, 10));
    assertThat(LinearizabilityChecker.of(counter).check(good).isLinearizable()).isTrue();
    List<Operation<String, Integer>> bad =
        List.of(
            Operation.answered("a", "k", "1", 3, 0, 10),
            Operation.answered("b", "k", "2", 3, 0, 10));
    assertThat(LinearizabilityChecker.of(counter).check(bad).isLinearizable()).isFalse();
  }

  @Test
  void givesUpWhenToldTo() {
    for (int i = 0; i < 12; i++) {
      did("a" + i, "append " + i, "done", 0, 100);
    }
    did("r", "read", "none", 0, 100);
    Verdict verdict =
        LinearizabilityChecker.of(new RegisterModel("0")).atMost(50_000).check(history);
    assertThat(verdict).isEqualTo(new Verdict.Undecided("k", 50_000));
    assertThat(verdict.isLinearizable()).isFalse();
    assertThat(LinearizabilityChecker.of(new RegisterModel("0")).atMost(10).check(history))
        .isEqualTo(new Verdict.Undecided("k", 10));
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> LinearizabilityChecker.of(new RegisterModel("0")).atMost(0))
        .hasMessage("Give a positive number of steps, not 0");
    assertThatThrownBy(() -> did("a", "read", "1", 10, 9))
        .hasMessageStartingWith("a returned from \"read\" before it began.");
    assertThatThrownBy(() -> new Operation<>("a", "k", "o", Optional.of("r"), 0, Long.MAX_VALUE))
        .hasMessageStartingWith("An operation has a result and a time of return, or neither");
    for (String text : List.of("", "reads", "read 1", "write", "cas 1", "append 1 2")) {
      assertThatThrownBy(() -> RegisterOperation.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("\"" + text + "\" is none of: read, write V, cas V V, append V.");
    }
    assertThatThrownBy(() -> new RegisterOperation.Write("a b"))
        .hasMessage("\"a b\" has a space: values are one word.");
  }

  @Test
  void operationsAreTheirOwnText() {
    for (String text : List.of("read", "write 1", "cas 1 2", "append x")) {
      assertThat(RegisterOperation.parse(text)).hasToString(text);
    }
    crashed("a", "read", 1);
    assertThat(history.get(0)).hasToString("a: read -> ?");
  }
}
