package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Logs that are cut short and summed up. */
abstract class SessionLogsContract extends SessionLocksContract {

  @Test
  void pagesThroughALogByNumber() {
    session.appendAll("log", numbers(1, 1_300)); // more than a store fetches at a time
    session.append("log", 1_301);
    assertThat(session.log("log", Integer.class)).isEqualTo(numbers(1, 1_301));
    assertThat(session.tail("log", 600, Integer.class)).isEqualTo(numbers(702, 1_301));
    List<LogEntry<Integer>> page = session.page("log", 1_299, 2, Integer.class);
    assertThat(page).extracting(LogEntry::value).containsExactly(1_299, 1_300);
    assertThat(page).extracting(LogEntry::version).containsExactly(1L, 1L);
    assertThat(session.page("log", -5, 2, Integer.class))
        .extracting(LogEntry::seq)
        .containsExactly(1L, 2L);
    assertThat(session.page("log", 1_302, 2, Integer.class)).isEmpty();
    assertThatThrownBy(() -> session.page("log", 1, -1, Integer.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(session.trim("log", 1)).isEqualTo(1_300);
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void trimsByCount() {
    session.appendAll("log", numbers(1, 5));
    assertThat(session.trim("log", 9)).isZero();
    assertThat(session.trim("log", 5)).isZero();
    assertThat(session.trim("log", 2)).isEqualTo(3);
    assertThat(session.log("log", Integer.class)).containsExactly(4, 5);
    assertThat(session.trim("never", 2)).isZero();
    assertThatThrownBy(() -> session.trim("log", -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void trimsByAge() {
    Session timed = timed().open(name());
    for (int i = 1; i <= 4; i++) {
      timed.append("log", i);
      pass(10);
    }
    assertThat(timed.trim("log", seconds(40))).isZero();
    assertThat(timed.trim("log", seconds(20))).isEqualTo(2);
    assertThat(timed.log("log", Integer.class)).containsExactly(3, 4);
    assertThat(timed.trim("log", seconds(1))).isEqualTo(2);
    assertThat(timed.append("log", 5)).isEqualTo(5);
  }

  @Test
  void trimsByTokensAndLeavesTheLastEntryWhateverItsLength() {
    session.appendAll("log", List.of("four", "four", "three", "x"));
    assertThat(session.trim("log", 99, String.class, String::length)).isZero();
    assertThat(session.trim("log", 10, String.class, String::length)).isEqualTo(1);
    assertThat(session.trim("log", 0, String.class, String::length)).isEqualTo(2);
    assertThat(session.log("log", String.class)).containsExactly("x");
    assertThat(session.trim("never", 5, String.class, String::length)).isZero();
  }

  @Test
  void numbersGoOnWhereTheyWere() {
    session.appendAll("log", numbers(1, 3));
    session.trim("log", 1);
    assertThat(session.append("log", 4)).isEqualTo(4);
    assertThat(session.removeLog("log")).isEqualTo(2);
    assertThat(session.removeLog("log")).isZero();
    assertThat(session.logs()).isEmpty();
    assertThat(session.append("log", 5)).isEqualTo(5);
    session.removeLog("log");

    assertThat(session.append("log", 6)).isEqualTo(6);
  }

  @Test
  void numbersGoOnAfterASweep() {
    Sessions all = timed();
    Session timed = all.open(name());
    timed.append("log", 1);
    timed.appendAll("log", List.of(2), Ttl.of(seconds(9)));
    timed.appendAll("log", List.of(3), Ttl.of(seconds(5))); // ends before the one before it
    timed.appendAll("only", List.of(1, 2), Ttl.of(seconds(5)));
    pass(20);
    assertThat(timed.append("log", 4)).as("not swept yet").isEqualTo(4);
    timed.trim("log", 0);
    timed.appendAll("log", List.of(5), Ttl.NEVER);
    timed.appendAll("log", List.of(6), Ttl.of(seconds(5)));
    pass(20);
    all.sweep();
    assertThat(timed.log("log", Integer.class)).containsExactly(5);
    assertThat(timed.append("log", 7)).as("6 was swept, with 5 still there").isEqualTo(7);
    assertThat(timed.append("only", 3)).isEqualTo(3);
    assertThat(all.verify().problems()).isEmpty();
  }

  @Test
  void sumsUpTheBeginOfALog() {
    session.appendAll("log", List.of("a", "b", "c", "d"));
    assertThat(session.summarize("log", 1, String.class, all -> String.join("+", all)))
        .isEqualTo(3);
    assertThat(session.last("log", 9, TypeOf.of(String.class)))
        .extracting(entry -> entry.seq() + ":" + entry.value())
        .containsExactly("3:a+b+c", "4:d");
    assertThat(session.summarize("log", 1, String.class, all -> "never")).isZero();
    assertThat(session.summarize("none", 0, String.class, all -> "never")).isZero();
    assertThat(session.summarize("log", 0, String.class, all -> String.join("+", all)))
        .isEqualTo(2);
    assertThat(session.append("log", "e")).isEqualTo(5);
    assertThat(session.log("log", String.class)).containsExactly("a+b+c+d", "e");
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void aSummaryOfWhatWasTrimmedMeanwhileIsRefused() {
    session.appendAll("log", List.of("a", "b", "c"));
    assertThatThrownBy(
            () ->
                session.summarize(
                    "log",
                    1,
                    String.class,
                    all -> {
                      session.trim("log", 2);
                      return "s3cret";
                    }))
        .isInstanceOf(StaleSessionException.class)
        .hasMessageContaining("were trimmed or summed up meanwhile")
        .hasMessageNotContaining("s3cret");
    assertThat(session.log("log", String.class)).containsExactly("b", "c");
    assertThat(
            session.summarize(
                "log",
                0,
                String.class,
                all -> {
                  session.append("log", "d"); // what comes behind is in nobody's way
                  return "sum";
                }))
        .isEqualTo(2);
    assertThat(session.log("log", String.class)).containsExactly("sum", "d");
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }
}
