package ai.powertools.retry.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersBuilderTest {
  @TempDir Path folder;

  @Test
  void refusesWhatMakesNoSense() {
    DeadLettersBuilder builder = DeadLetters.builder();
    assertThatThrownBy(() -> builder.maxLetters(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxLetters must be at least 1, not 0");
    assertThatThrownBy(() -> builder.lease(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lease must be above zero, not PT0S");
    assertThatThrownBy(() -> builder.maxAge(Duration.ofDays(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(builder::build)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Dead letters need a place to be kept in: name a store or a file.");
    assertThatThrownBy(() -> KeptErrors.builder().build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("Kept errors need a place to be kept in: name a store or a file.");
  }

  @Test
  void lettersOutliveTheProcessInAFile() {
    Path file = folder.resolve("letters.db");
    try (DeadLetters letters = DeadLetters.at(file)) {
      ErrorHandler handler = ErrorHandler.builder().deadLetters(letters).build();
      assertThatThrownBy(
              () ->
                  handler.call(
                      CallOptions.of("x").input("t", "p"),
                      attempt -> {
                        throw new FileNotFoundException("gone");
                      }))
          .isNotNull();
      assertThat(letters.location()).isEqualTo(file.toString());
    }
    try (DeadLetters letters = DeadLetters.at(file)) {
      assertThat(letters.counts().total()).isEqualTo(1);
    }
  }

  @Test
  void whatWasOpenedHereIsClosedHere() {
    DeadLetters letters = DeadLetters.at(folder.resolve("letters.db"));
    letters.close();
    letters.close();
    assertThatThrownBy(letters::counts).isInstanceOf(StoreException.class);

    KeptErrors errors = KeptErrors.at(folder.resolve("errors.db"));
    errors.close();
    errors.close();
    assertThatThrownBy(() -> errors.forEach(Instant.EPOCH, event -> {}))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void leavesAStoreOpenThatIsTheCallers() {
    try (Store store = Store.inMemory()) {
      DeadLetters.on(store).close();
      KeptErrors.on(store).close();
      assertThat(DeadLetters.on(store).counts().total()).isZero();
    }
  }

  @Test
  void doesNotKeepTheFileOpenIfItsTablesAreOfANewerProgram() {
    Path file = folder.resolve("newer.db");
    try (Store store = Store.sqlite(file)) {
      DeadLetters.on(store).close();
      store.update(
          sql -> sql.execute("UPDATE powertools_schema SET version = 99 WHERE module = 'retry'"));
    }
    assertThatThrownBy(() -> DeadLetters.at(file)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> KeptErrors.at(file)).isInstanceOf(StoreException.class);
  }
}
