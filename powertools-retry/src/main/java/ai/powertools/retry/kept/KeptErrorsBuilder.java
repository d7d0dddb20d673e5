package ai.powertools.retry.kept;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What kept errors are held to; everything but the store has a default. For one thread. */
public final class KeptErrorsBuilder {
  private static final int DEFAULT_ERRORS = 100_000;
  private static final Duration DEFAULT_AGE = Duration.ofDays(30);

  private @Nullable Store store;
  private @Nullable Path file;
  private int maxErrors = DEFAULT_ERRORS;
  private Duration maxAge = DEFAULT_AGE;
  private Time time = Time.system();

  KeptErrorsBuilder() {}

  /** What is kept for how long. */
  record Rules(int mostErrors, Duration longestAge) {}

  /** Keeps them in a store that the caller closes. */
  public KeptErrorsBuilder store(Store store) {
    this.store = store;
    return this;
  }

  /** Keeps them in an SQLite file, which is made if it is not there. */
  public KeptErrorsBuilder file(Path file) {
    this.file = file;
    return this;
  }

  /**
   * How many are kept; 100,000 by default. Of more, the oldest go, a hundred at a time.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public KeptErrorsBuilder maxErrors(int errors) {
    this.maxErrors = DeadLettersBuilder.atLeastOne("maxErrors", errors);
    return this;
  }

  /**
   * How long they are kept; 30 days by default.
   *
   * @throws IllegalArgumentException if not above zero
   */
  public KeptErrorsBuilder maxAge(Duration age) {
    this.maxAge = DeadLettersBuilder.positive("maxAge", age);
    return this;
  }

  /** The clock that says when an error came. */
  public KeptErrorsBuilder time(Time time) {
    this.time = time;
    return this;
  }

  /**
   * Opens the store if it is a file, and makes the tables if they are not there.
   *
   * @throws ConfigurationException if powertools-store is not on the class path, or neither a store
   *     nor a file was named
   * @throws ai.powertools.store.StoreException if the store can't be used
   */
  public KeptErrors build() {
    Rules rules = new Rules(maxErrors, maxAge);
    Store given = store;
    if (given != null) {
      return new KeptErrors(rules, time, given, false);
    }
    Store opened = KeptStore.open("Kept errors", file);
    try {
      return new KeptErrors(rules, time, opened, true);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }
}
