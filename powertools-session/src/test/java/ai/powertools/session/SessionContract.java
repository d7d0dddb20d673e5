package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.PowerToolsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of store has to give; the subclasses bring the store. */
abstract class SessionContract extends SessionValuesContract {
  @Test
  void refusesToBeUsedFromWithinATransaction() {
    session.set("a", 1);

    assertThatThrownBy(() -> session.transaction(tx -> session.get("a", Integer.class)))
        .isInstanceOf(PowerToolsException.class)
        .hasMessageContaining("was called from within a transaction");
    assertThatThrownBy(
            () ->
                session.transaction(
                    tx -> {
                      tx.set("b", 1);
                      session.set("c", 1);
                      return true;
                    }))
        .isInstanceOf(PowerToolsException.class);
    assertThat(session.keys()).containsExactly("a");
  }

  @Test
  void refusesWhatIsNotAValue() {
    assertThatThrownBy(() -> session.set("thread", new Object()))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("\"thread\"");
    assertThat(session.keys()).isEmpty();
  }

  @Test
  void keepsALogInOrder() {
    assertThat(session.append("history", new Note("one"))).isEqualTo(1);
    assertThat(session.appendAll("history", List.of(new Note("two"), new Note("three"))))
        .isEqualTo(3);
    session.append("other", new Note("elsewhere"));

    assertThat(session.log("history", Note.class))
        .extracting(Note::text)
        .containsExactly("one", "two", "three");
    assertThat(session.tail("history", 2, Note.class))
        .extracting(Note::text)
        .containsExactly("two", "three");
    assertThat(session.size("history")).isEqualTo(3);
    assertThat(session.tail("history", 0, Note.class)).isEmpty();
    assertThat(session.log("never", Note.class)).isEmpty();
    assertThat(session.size("never")).isZero();
    assertThatThrownBy(() -> session.tail("history", -1, Note.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The last -1 entries are none: ask for 0 or more.");
    assertThatThrownBy(() -> session.appendAll("history", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void updatesWithoutLosingAnybodysWrite() throws Exception {
    int threads = 4;
    int each = 25;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        done.add(
            executor.submit(
                () -> {
                  for (int j = 0; j < each; j++) {
                    session.update("count", Integer.class, now -> now.orElse(0) + 1);
                    session.append("log", j);
                  }
                }));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      executor.shutdown();
    }
    assertThat(session.get("count", Integer.class)).isEqualTo(threads * each);
    assertThat(session.size("log")).isEqualTo(threads * each);
  }

  @Test
  void anUpdateThatFailsChangesNothing() {
    session.set("count", 1);
    assertThatThrownBy(
            () ->
                session.update(
                    "count",
                    Integer.class,
                    now -> {
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(session.get("count", Integer.class)).isEqualTo(1);
  }

  @Test
  void listsFindsAndDeletesSessions() {
    session.set("a", 1);
    session.append("log", 1);

    assertThat(sessions.list()).extracting(SessionInfo::name).contains(session.name());
    assertThat(sessions.find(session.name()).map(Session::name)).contains(session.name());
    assertThat(sessions.delete(session.name())).isTrue();
    assertThat(sessions.delete(session.name())).isFalse();
    assertThat(sessions.find(session.name())).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> session.set("a", 2))
        .isInstanceOf(SessionException.class)
        .hasMessageContaining("was deleted while it was in use");
    assertThat(sessions.open(session.name()).keys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("noNames")
  void refusesANameThatNamesNothing(String name) {
    assertThatThrownBy(() -> sessions.open(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.set(name, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.update(name, Integer.class, now -> 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.append(name, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  static List<String> noNames() {
    return List.of("", " ", "x".repeat(201), "nul \u0000", "half \ud83d");
  }

  @Test
  void takesAnyOtherName() {
    String name = "Größe \ud83d\ude80 '; DROP TABLE session; --";
    Session odd = sessions.open(name);
    odd.set(name, 1);
    odd.append(name, 2);
    assertThat(odd.keys()).containsExactly(name);
    assertThat(odd.log(name, Integer.class)).containsExactly(2);
    assertThat(sessions.find(name)).isPresent();
  }

  @Test
  void saysWhereItLies() {
    assertThat(session.toString()).contains(session.name()).contains(sessions.location());
  }
}
