package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.store.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done to a database as a whole, on every one of them. */
abstract class MaintenanceContract extends OpenStore {

  @Test
  void findsNothingWrongWithASoundDatabase() {
    increment(store);
    store.leases();
    Integrity integrity = store.verify();
    assertThat(integrity.problems()).isEmpty();
    assertThat(integrity.isSound()).isTrue();
    assertThat(integrity.checked()).contains("powertools_schema");
  }

  @Test
  void findsNothingWrongWhereNothingIsYet() {
    store.update(
        sql -> {
          sql.execute("DROP TABLE powertools_schema");
          sql.execute("DROP TABLE note");
          sql.execute("DROP TABLE counter");
        });
    assertThat(store.verify().problems()).isEmpty();
  }

  @Test
  void findsStepsThatAreMissingOrWereTamperedWith() {
    store.update(
        sql -> {
          String insert =
              "INSERT INTO powertools_schema (module, version, checksum) VALUES (?, ?, ?)";
          sql.execute(insert, "late", 3, "0".repeat(64));
          sql.execute(insert, "late", 4, "s3cret");
        });
    Integrity integrity = store.verify();
    assertThat(integrity.isSound()).isFalse();
    assertThat(integrity.problems())
        .containsExactly(
            "powertools_schema: step 1 of \"late\" is missing",
            "powertools_schema: step 4 of \"late\" has no proper checksum");
  }

  @Test
  void isOnlyDoneToAnOpenStoreAndNotWithinATransaction() {
    List<Runnable> calls = List.of(() -> store.verify(), () -> store.leases());
    for (Runnable call : calls) {
      assertThat(kind(() -> store.update(sql -> call.run()))).isEqualTo(Kind.MISUSE);
    }
    store.close();
    for (Runnable call : calls) {
      assertThat(kind(call::run)).isEqualTo(Kind.MISUSE);
    }
  }

  @Test
  void foundNothingInTheLogOfANewDatabase() {
    assertThat(store.recovery().isClean()).isTrue();
    assertThat(store.recovery().transactions()).isZero();
  }
}
