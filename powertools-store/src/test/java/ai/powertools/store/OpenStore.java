package ai.powertools.store;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store with one table, opened before each test; the contracts build on it. */
abstract class OpenStore {
  static final Migrations TABLES =
      Migrations.of("test")
          .step(
              1,
              """
              CREATE TABLE note (id {{serial}}, text TEXT UNIQUE, body {{bytes}}, number BIGINT);
              CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
              """);

  TransactionalStore store;

  /** Opens the database; the same one at each call where that is possible. */
  abstract Store open();

  @BeforeEach
  void openStore() {
    store = (TransactionalStore) open();
    store.migrate(TABLES);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  static void insert(Sql sql, String text) {
    sql.execute("INSERT INTO note (text) VALUES (?)", text);
  }

  List<String> texts() {
    return store.read(OpenStore::texts);
  }

  static List<String> texts(Sql sql) {
    return sql.query("SELECT text FROM note ORDER BY id", r -> r.string("text"));
  }

  static void increment(Store store) {
    store.update(OpenStore::increment);
  }

  static void increment(Sql sql) {
    long now =
        sql.first("SELECT value FROM counter WHERE name = 'c'", r -> r.longValue("value"))
            .orElse(0L);
    sql.execute(
        "INSERT INTO counter (name, value) VALUES ('c', ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        now + 1);
  }

  static long count(Store store) {
    return store.read(
        sql ->
            sql.first("SELECT value FROM counter WHERE name = 'c'", r -> r.longValue("value"))
                .orElse(0L));
  }

  static StoreException refusal(ThrowingCallable call) {
    StoreException refusal = catchThrowableOfType(StoreException.class, call);
    org.assertj.core.api.Assertions.assertThat(refusal).as("a StoreException").isNotNull();
    return refusal;
  }

  static StoreException.Kind kind(ThrowingCallable call) {
    return refusal(call).kind();
  }
}
