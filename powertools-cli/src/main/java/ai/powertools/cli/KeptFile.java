package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.retry.kept.DeadLetter;
import ai.powertools.retry.kept.DeadLetters;
import ai.powertools.retry.kept.KeptErrors;
import ai.powertools.store.Store;
import ai.powertools.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The errors and dead letters in a file, opened by a command. */
final class KeptFile implements AutoCloseable {
  private final Store store;
  private final Time time;

  private KeptFile(Store store, Time time) {
    this.store = store;
    this.time = time;
  }

  /**
   * Opens a file that is there; makes none.
   *
   * @throws ConfigurationException if there is none, or it can't be read
   */
  static KeptFile open(Path file, Time time) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(
          "Nothing is kept at %s yet: the first ask or run begins it. Name another folder with --home."
              .formatted(file));
    }
    try {
      return new KeptFile(Store.sqlite(file), time);
    } catch (StoreException e) {
      throw new ConfigurationException(
          "What is kept can't be opened. %s Name another folder with --home."
              .formatted(e.getMessage()),
          e);
    }
  }

  KeptErrors errors() {
    return KeptErrors.builder().store(store).time(time).build();
  }

  DeadLetters letters() {
    return DeadLetters.builder().store(store).time(time).build();
  }

  /**
   * The letter of that number.
   *
   * @throws ConfigurationException if there is none
   */
  static DeadLetter letter(DeadLetters letters, long id) {
    return letters.find(id).orElseThrow(() -> missing(letters, id));
  }

  static ConfigurationException missing(DeadLetters letters, long id) {
    return new ConfigurationException(
        "There is no dead letter %d at %s. See powertools errors dead-letters list."
            .formatted(id, letters.location()));
  }

  @Override
  public void close() {
    store.close();
  }
}
