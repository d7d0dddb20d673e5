package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.store.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads of one statement, on every database. */
abstract class SingleReadsContract extends OpenStore {
  private static final String ALL = "SELECT text FROM note ORDER BY id";

  @Test
  void givesAllRowsOrTheFirst() {
    assertThat(store.query(ALL, r -> r.string("text"))).isEmpty();
    assertThat(store.first(ALL, r -> r.string("text"))).isEmpty();
    store.update(sql -> List.of("a", "b", "c").forEach(text -> insert(sql, text)));

    List<String> all = store.query(ALL, r -> r.string("text"));
    assertThat(all).containsExactly("a", "b", "c");
    all.add("the caller may change it");
    assertThat(store.first(ALL, r -> r.string("text"))).hasValue("a");
    assertThat(
            store.query(
                "SELECT text FROM note WHERE text > ? AND id < ?;  ",
                r -> r.string("text"),
                "a",
                1_000))
        .containsExactly("b", "c");
    assertThat(store.query("SELECT ';' AS text -- why not", r -> r.string("text")))
        .containsExactly(";");
  }

  @Test
  void seesWhatWasAcknowledgedBefore() {
    for (int i = 1; i <= 50; i++) {
      increment(store);
      assertThat(
              store.first(
                  "SELECT value FROM counter WHERE name = ?", r -> r.longValue("value"), "c"))
          .hasValue((long) i);
    }
  }

  @Test
  void changesNothing() {
    for (String change :
        List.of(
            "INSERT INTO note (text) VALUES ('x') RETURNING text",
            "DELETE FROM note",
            "CREATE TABLE more (text TEXT)",
            "PRAGMA query_only = OFF")) {
      for (int i = 0; i < 2; i++) { // what gives no rows, SQLite's driver calls a wrong statement
        assertThat(kind(() -> store.query(change, r -> 1)))
            .as(change)
            .isIn(Kind.READ_ONLY, Kind.STATEMENT);
      }
      assertThat(kind(() -> store.first(change, r -> 1)))
          .as(change)
          .isIn(Kind.READ_ONLY, Kind.STATEMENT);
    }
    assertThat(kind(() -> store.first("INSERT INTO note (text) VALUES ('x') RETURNING id", r -> 1)))
        .isEqualTo(Kind.READ_ONLY);
    assertThat(texts()).isEmpty();
    store.update(sql -> insert(sql, "a write does, afterwards"));
    assertThat(store.query(ALL, r -> 1)).hasSize(1);
  }

  @Test
  void goesOnAfterWhatFailed() {
    store.update(sql -> insert(sql, "kept"));
    IllegalStateException mine = new IllegalStateException("no");
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(() -> store.query("SELECT nonsense FROM note", r -> 1)))
          .hasMessageContaining("Could not run \"SELECT nonsense FROM note\" at ")
          .returns(Kind.STATEMENT, StoreException::kind);
      assertThat(kind(() -> store.first("SELECT text FROM note WHERE id = ?", r -> 1)))
          .isEqualTo(Kind.STATEMENT);
      assertThat(kind(() -> store.first("SELECT number FROM note", r -> r.longValue("number"))))
          .isEqualTo(Kind.STATEMENT);
      assertThatThrownBy(() -> store.first(ALL, r -> fail(mine))).isSameAs(mine);
      assertThat(kind(() -> store.query("COMMIT", r -> 1))).isEqualTo(Kind.MISUSE);
      assertThat(store.query(ALL, r -> r.string("text"))).containsExactly("kept");
      increment(store);
    }
    assertThat(count(store)).isEqualTo(3);
  }

  private static int fail(RuntimeException failure) {
    throw failure;
  }

  @Test
  void isRefusedWithinATransactionAndOnAClosedStore() {
    assertThat(kind(() -> store.update(sql -> store.query(ALL, r -> 1)))).isEqualTo(Kind.MISUSE);
    store.close();
    assertThat(kind(() -> store.query(ALL, r -> 1))).isEqualTo(Kind.MISUSE);
    assertThat(kind(() -> store.first(ALL, r -> 1))).isEqualTo(Kind.MISUSE);
  }

  @Test
  void manyReadAtOnce() throws Exception {
    store.update(sql -> insert(sql, "kept"));
    WritersContract.inThreads(
        8,
        () -> {
          for (int i = 0; i < 100; i++) {
            assertThat(store.first(ALL, r -> r.string("text"))).hasValue("kept");
          }
        });
  }
}
