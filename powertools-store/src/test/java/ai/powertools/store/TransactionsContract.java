package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.store.StoreException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one transaction does, on every database. */
abstract class TransactionsContract extends OpenStore {

  @Test
  void givesBackEveryKindOfValueAsItWas() {
    String text = "naïve 日本語 \uD83D\uDE80 \"quoted\" 'single' \n ; -- no comment";
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    store.update(sql -> sql.execute("INSERT INTO note (text, body) VALUES (?, ?)", text, bytes));

    assertThat(texts()).containsExactly(text);
    assertThatObject(one("body", r -> r.bytes("body"))).isEqualTo(bytes);
    assertThatObject(one("body", r -> r.findBytes("body").orElseThrow())).isEqualTo(bytes);
    assertThatObject(one("text", r -> r.findString("text"))).isEqualTo(Optional.of(text));
  }

  @Test
  void givesBackNumbersBooleansAndMomentsToTheMicrosecond() {
    assertThatObject(number(Long.MIN_VALUE, r -> r.longValue("number"))).isEqualTo(Long.MIN_VALUE);
    assertThatObject(number(Long.MAX_VALUE, r -> r.findLong("number")))
        .isEqualTo(Optional.of(Long.MAX_VALUE));
    assertThatObject(number(-7, r -> r.intValue("number"))).isEqualTo(-7);
    assertThatObject(number(true, r -> r.bool("number"))).isEqualTo(true);
    assertThatObject(number(false, r -> r.bool("number"))).isEqualTo(false);
    for (String moment :
        List.of(
            "1969-12-31T23:59:59.999999Z",
            "2026-11-01T10:15:30.123456Z",
            "9999-12-31T23:59:59.999999Z")) {
      Instant instant = Instant.parse(moment);
      assertThatObject(number(instant, r -> r.instant("number"))).isEqualTo(instant);
      assertThatObject(number(instant, r -> r.findInstant("number")))
          .isEqualTo(Optional.of(instant));
    }
    Instant finer = Instant.parse("1969-12-31T23:59:59.999999999Z");
    assertThatObject(number(finer, r -> r.instant("number")))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
  }

  @Test
  void findsNothingWhereAColumnIsNull() {
    store.update(
        sql ->
            sql.execute(
                "INSERT INTO note (text, body, number) VALUES (?, ?, ?)", null, null, null));

    assertThatObject(one("text", r -> r.findString("text"))).isEqualTo(Optional.empty());
    assertThatObject(one("body", r -> r.findBytes("body"))).isEqualTo(Optional.empty());
    assertThatObject(one("number", r -> r.findLong("number"))).isEqualTo(Optional.empty());
    assertThatObject(one("number", r -> r.findInstant("number"))).isEqualTo(Optional.empty());
    assertThat(refusal(() -> one("text", r -> r.string("text"))))
        .hasMessage("Column \"text\" is NULL; where it may be, use the accessor that finds.")
        .returns(Kind.STATEMENT, StoreException::kind);
  }

  @Test
  void refusesAColumnThatIsNotThereAndANumberThatDoesNotFit() {
    store.update(sql -> sql.execute("INSERT INTO note (number) VALUES (?)", 1L << 40));

    assertThat(refusal(() -> one("number", r -> r.longValue("nmber"))))
        .hasMessageContaining("Could not read column \"nmber\" at " + store.location())
        .returns(Kind.STATEMENT, StoreException::kind);
    assertThatThrownBy(() -> one("number", r -> r.intValue("number")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void readsItsOwnWritesWithinTheTransactionAndAfterIt() {
    List<String> within =
        store.write(
            sql -> {
              insert(sql, "one");
              insert(sql, "two");
              return texts(sql);
            });

    assertThat(within).containsExactly("one", "two");
    assertThat(texts()).containsExactly("one", "two");
    within.add("the caller may change it");
  }

  @Test
  void tellsHowManyRowsChangedAndGivesTheFirst() {
    store.update(sql -> List.of("a", "b", "c").forEach(text -> insert(sql, text)));

    assertThat(store.<Integer>write(sql -> sql.execute("UPDATE note SET number = 1"))).isEqualTo(3);
    assertThat(store.<Integer>write(sql -> sql.execute("DELETE FROM note WHERE text = ?", "x")))
        .isZero();
    assertThat(first("SELECT text FROM note ORDER BY text DESC")).hasValue("c");
    assertThat(first("SELECT text FROM note WHERE id < 0")).isEmpty();
  }

  @Test
  void keepsNothingOfATransactionThatThrows() {
    IllegalStateException mine = new IllegalStateException("no");
    assertThatThrownBy(() -> store.update(sql -> failAfterInsert(sql, mine))).isSameAs(mine);
    AssertionError error = new AssertionError("not even then");
    assertThatThrownBy(() -> store.update(sql -> failAfterInsert(sql, error))).isSameAs(error);
    assertThatThrownBy(() -> store.read(sql -> failAfterInsert(null, error))).isSameAs(error);

    assertThat(texts()).isEmpty();
    store.update(sql -> insert(sql, "works again"));
    assertThat(texts()).containsExactly("works again");
  }

  @Test
  void namesAStatementThatIsWrongButNotItsParameters() {
    StoreException refusal =
        refusal(() -> store.update(sql -> sql.execute("INSRT INTO note VALUES (?)", "s3cret")));

    assertThat(refusal)
        .hasMessageContaining(
            "Could not run \"INSRT INTO note VALUES (?)\" at " + store.location() + ": ")
        .hasMessageEndingWith("Check the statement against the tables.")
        .returns(Kind.STATEMENT, StoreException::kind)
        .returns(false, StoreException::retryable);
    assertThat(trace(refusal)).doesNotContain("s3cret");
  }

  @Test
  void tellsAConstraintThatRefusesWithoutQuotingValues() {
    store.update(sql -> insert(sql, "s3cret"));
    StoreException refusal = refusal(() -> store.update(sql -> insert(sql, "s3cret")));

    assertThat(refusal.kind()).isEqualTo(Kind.CONSTRAINT);
    assertThat(refusal.retryable()).isFalse();
    assertThat(trace(refusal)).doesNotContain("s3cret");
  }

  @Test
  void aStatementThatFailedEndsTheTransactionAlsoWhenItsErrorIsCaught() {
    store.update(sql -> insert(sql, "a"));
    AtomicReference<StoreException> afterwards = new AtomicReference<>();

    assertThat(
            kind(
                () ->
                    store.update(
                        sql -> {
                          insert(sql, "b");
                          refusal(() -> insert(sql, "a"));
                          afterwards.set(refusal(() -> insert(sql, "c")));
                        })))
        .isEqualTo(Kind.CONSTRAINT);
    assertThat(afterwards.get())
        .hasMessageContaining("to go on after a conflict of keys, use ON CONFLICT")
        .returns(Kind.MISUSE, StoreException::kind);
    assertThat(texts()).containsExactly("a");
  }

  @Test
  void aReadThatFailedIsToldAlsoWhenItsErrorIsCaught() {
    assertThat(
            kind(
                () -> store.read(sql -> refusal(() -> sql.query("SELECT * FROM nowhere", r -> 1)))))
        .isEqualTo(Kind.STATEMENT);
    assertThat(texts()).isEmpty();
  }

  @Test
  void aReadChangesNothing() {
    assertThat(refusal(() -> store.read(sql -> sql.execute("DELETE FROM note"))))
        .hasMessage(
            "A transaction that only reads can't run \"DELETE FROM note\"."
                + " Use write() or update().")
        .returns(Kind.MISUSE, StoreException::kind);
    assertThat(
            kind(
                () ->
                    store.read(
                        sql ->
                            sql.query(
                                "INSERT INTO note (text) VALUES ('x') RETURNING id",
                                r -> r.longValue("id")))))
        .isEqualTo(Kind.READ_ONLY);
    assertThat(texts()).isEmpty();
    store.update(sql -> insert(sql, "a write does, afterwards"));
    assertThat(texts()).hasSize(1);
  }

  @Test
  void refusesToBeUsedAfterItsEndOrByAnotherThread() {
    AtomicReference<Sql> kept = new AtomicReference<>();
    store.update(kept::set);
    assertThat(kind(() -> insert(kept.get(), "late"))).isEqualTo(Kind.MISUSE);
    store.read(
        sql -> {
          kept.set(sql);
          return 1;
        });
    assertThat(kind(() -> texts(kept.get()))).isEqualTo(Kind.MISUSE);

    assertThatThrownBy(
            () -> store.update(sql -> CompletableFuture.runAsync(() -> insert(sql, "x")).join()))
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessageContaining("belongs to another thread")
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(Kind.MISUSE);
    assertThat(texts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "  rollback", "End", "BEGIN", "SAVEPOINT mine", "release one"})
  void leavesBeginningAndCommittingToTheStore(String control) {
    assertThat(
            refusal(
                () ->
                    store.update(
                        sql -> {
                          insert(sql, "x");
                          sql.execute(control);
                        })))
        .hasMessageContaining("the store begins and commits. Throw to roll back.")
        .returns(Kind.MISUSE, StoreException::kind);
    assertThat(texts()).isEmpty();
  }

  @Test
  void runsOneStatementAtATime() {
    assertThat(
            refusal(
                () -> store.update(sql -> sql.execute("DELETE FROM note; DELETE FROM counter"))))
        .hasMessageContaining("is more than one statement. Run them one by one.")
        .returns(Kind.MISUSE, StoreException::kind);

    store.update(sql -> sql.execute("INSERT INTO note (text) VALUES ('a; b');  "));
    assertThat(texts()).containsExactly("a; b");
  }

  @Test
  void refusesParametersThatItCannotBind() {
    assertThatThrownBy(
            () -> store.update(sql -> sql.execute("INSERT INTO note (number) VALUES (?)", 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Parameter 1 is a java.lang.Double;"
                + " use String, Long, Integer, Boolean, Instant, byte[] or null.");
    assertThat(
            kind(
                () ->
                    store.update(
                        sql -> sql.execute("INSERT INTO note (text) VALUES (?)", "a", "b"))))
        .isEqualTo(Kind.STATEMENT);
    assertThat(kind(() -> store.update(sql -> sql.execute("INSERT INTO note (text) VALUES (?)"))))
        .isEqualTo(Kind.STATEMENT);
    assertThat(texts()).isEmpty();
  }

  @Test
  void aReaderOfRowsMayAskFurther() {
    store.update(sql -> List.of("a", "b").forEach(text -> insert(sql, text)));
    String query = "SELECT text FROM note ORDER BY id";

    List<List<String>> pairs =
        store.read(
            sql ->
                sql.query(
                    query,
                    r -> {
                      String outer = r.string("text");
                      return sql.query(query, inner -> outer + inner.string("text"));
                    }));
    assertThat(pairs).containsExactly(List.of("aa", "ab"), List.of("ba", "bb"));
  }

  @Test
  void manyDifferentStatementsAreNoTrouble() {
    store.update(
        sql -> {
          for (int i = 0; i < 200; i++) {
            sql.execute("INSERT INTO note (number) VALUES (" + i + ")");
          }
        });
    assertThat(first("SELECT CAST(SUM(number) AS TEXT) AS text FROM note")).hasValue("19900");
  }

  private static int failAfterInsert(Sql sql, Throwable failure) {
    if (sql != null) {
      insert(sql, "never");
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private <T> T one(String column, RowReader<T> reader) {
    return store.read(sql -> sql.query("SELECT " + column + " FROM note", reader)).get(0);
  }

  private Optional<String> first(String query) {
    return store.read(sql -> sql.first(query, r -> r.string("text")));
  }

  private <T> T number(Object value, RowReader<T> reader) {
    return store.write(
        sql -> {
          sql.execute("DELETE FROM note");
          sql.execute("INSERT INTO note (number) VALUES (?)", value);
          return sql.query("SELECT number FROM note", reader).get(0);
        });
  }

  static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
