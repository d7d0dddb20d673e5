package ai.powertools.retry.kept;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.Retry;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What dead letters are held to; everything but the store has a default. For one thread. */
public final class DeadLettersBuilder {
  private static final int DEFAULT_LETTERS = 10_000;
  private static final Duration DEFAULT_AGE = Duration.ofDays(30);
  private static final int DEFAULT_PAYLOAD = 1 << 20;
  private static final int DEFAULT_REDRIVES = 5;
  private static final Duration DEFAULT_LEASE = Duration.ofMinutes(1);

  private @Nullable Store store;
  private @Nullable Path file;
  private int maxLetters = DEFAULT_LETTERS;
  private Duration maxAge = DEFAULT_AGE;
  private int maxPayload = DEFAULT_PAYLOAD;
  private int maxRedrives = DEFAULT_REDRIVES;
  private Duration lease = DEFAULT_LEASE;
  private UnaryOperator<String> redact = UnaryOperator.identity();
  private UnaryOperator<String> messages = UnaryOperator.identity();
  private @Nullable ErrorHandler handler;
  private Time time = Time.system();

  DeadLettersBuilder() {}

  /** Keeps them in a store that the caller closes. */
  public DeadLettersBuilder store(Store store) {
    this.store = store;
    return this;
  }

  /** Keeps them in an SQLite file, which is made if it is not there. */
  public DeadLettersBuilder file(Path file) {
    this.file = file;
    return this;
  }

  /**
   * How many are kept; 10,000 by default. Of more, the oldest that are done go, then the oldest
   * that were given up; those that wait never do, and when they are so many, no more are kept.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public DeadLettersBuilder maxLetters(int letters) {
    this.maxLetters = atLeastOne("maxLetters", letters);
    return this;
  }

  /**
   * How long after its last failure a letter is kept, however it stands; 30 days by default. The
   * older ones go when the next is kept.
   *
   * @throws IllegalArgumentException if not above zero
   */
  public DeadLettersBuilder maxAge(Duration age) {
    this.maxAge = positive("maxAge", age);
    return this;
  }

  /**
   * How many chars of a payload are kept; about a million by default. Of a longer one only the
   * beginning is, to be looked at: the letter is marked as cut and never driven again.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public DeadLettersBuilder maxPayload(int chars) {
    this.maxPayload = atLeastOne("maxPayload", chars);
    return this;
  }

  /**
   * After how many failed redrives a letter is given up; 5 by default.
   *
   * @throws IllegalArgumentException if less than 1
   */
  public DeadLettersBuilder maxRedrives(int redrives) {
    this.maxRedrives = atLeastOne("maxRedrives", redrives);
    return this;
  }

  /**
   * How long after the death of a process the letter that it was driving can be taken by others; a
   * minute by default. While the process lives it is renewed, so the work may take longer.
   *
   * @throws IllegalArgumentException if not above zero
   */
  public DeadLettersBuilder lease(Duration lease) {
    this.lease = positive("lease", lease);
    return this;
  }

  /**
   * Takes out of each payload what must not be kept; nothing by default. The letter is driven again
   * with what is left. What it throws keeps the letter from being kept.
   */
  public DeadLettersBuilder redact(UnaryOperator<String> redaction) {
    this.redact = redaction;
    return this;
  }

  /**
   * Takes out of what errors say what must not be kept, beside the secrets that are taken out in
   * any case.
   */
  public DeadLettersBuilder messages(UnaryOperator<String> redaction) {
    this.messages = redaction;
    return this;
  }

  /** What a letter is driven again with; one attempt and nothing else by default. */
  public DeadLettersBuilder handler(ErrorHandler handler) {
    this.handler = handler;
    return this;
  }

  /** The clock that letters and leases go by. */
  public DeadLettersBuilder time(Time time) {
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
  public DeadLetters build() {
    Store given = store;
    if (given != null) {
      return new DeadLetters(this, given, false);
    }
    Store opened = KeptStore.open("Dead letters", file);
    try {
      return new DeadLetters(this, opened, true);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  LetterRules rules() {
    return new LetterRules(maxLetters, maxAge, maxRedrives, lease);
  }

  int mostPayload() {
    return maxPayload;
  }

  UnaryOperator<String> redaction() {
    return redact;
  }

  UnaryOperator<String> messageRedaction() {
    return messages;
  }

  ErrorHandler handlerOrOneAttempt() {
    return handler != null
        ? handler
        : ErrorHandler.builder().retry(Retry.builder().maxAttempts(1).time(time).build()).build();
  }

  Time clock() {
    return time;
  }

  static int atLeastOne(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + number);
    }
    return number;
  }

  static Duration positive(String what, Duration span) {
    if (span.isNegative() || span.isZero()) {
      throw new IllegalArgumentException(what + " must be above zero, not " + span);
    }
    return span;
  }
}
