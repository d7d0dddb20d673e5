package ai.powertools.retry.kept;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.DeadLetterBox;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.Failure;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calls that failed for good, kept in a store with what it takes to make them again.
 *
 * <p>A letter is driven again at least once, never by two at a time as long as both live: whoever
 * drives it takes it for the length of a lease, which is renewed while the work goes on. A process
 * that dies keeps it until the lease ends; then the next run takes it up, with the same idempotency
 * key, by which the other side can see that it has done the work already. A letter whose driver
 * dies again and again is given up like one that fails.
 *
 * <p>What errors say is kept without secrets: those that {@link ai.powertools.retry.report.Scrub}
 * knows, and those that {@link DeadLettersBuilder#messages} takes out. The payload is kept as it is
 * unless {@link DeadLettersBuilder#redact} changes it; once the letter is done, it is removed.
 *
 * <p>Safe for use by many threads and, on one file or database, by many processes.
 */
public final class DeadLetters implements DeadLetterBox, AutoCloseable {
  private final Store store;
  private final boolean ownsStore;
  private final LetterRules rules;
  private final int mostPayload;
  private final UnaryOperator<String> redact;
  private final UnaryOperator<String> messages;
  private final ErrorHandler handler;
  private final Time time;

  DeadLetters(DeadLettersBuilder builder, Store store, boolean ownsStore) {
    this.store = store;
    this.ownsStore = ownsStore;
    this.rules = builder.rules();
    this.mostPayload = builder.mostPayload();
    this.redact = builder.redaction();
    this.messages = builder.messageRedaction();
    this.handler = builder.handlerOrOneAttempt();
    this.time = builder.clock();
    store.migrate(KeptTables.MIGRATIONS);
  }

  /**
   * Those in an SQLite file, which is made if it is not there; close them when done.
   *
   * @throws ConfigurationException if powertools-store is not on the class path
   * @throws ai.powertools.store.StoreException if the file can't be opened
   */
  public static DeadLetters at(Path file) {
    return builder().file(file).build();
  }

  /** Those in a store, which the caller closes. */
  public static DeadLetters on(Store store) {
    return builder().store(store).build();
  }

  /** The defaults, to be changed. */
  public static DeadLettersBuilder builder() {
    return new DeadLettersBuilder();
  }

  /**
   * Keeps a call. There is one letter for each task and idempotency key: a call that fails again
   * with the same key, be it from within a redrive, changes the letter that is there.
   *
   * @throws DeadLettersFullException if as many as are allowed wait already
   * @throws ai.powertools.store.StoreException if the store refuses
   */
  @Override
  public void keep(String key, CallOptions.Input input, Failure failure) {
    String payload = redact.apply(input.payload());
    String beginning = Stored.beginning(payload, mostPayload);
    String given = failure.idempotencyKey();
    LetterTable.Fresh fresh =
        new LetterTable.Fresh(
            Stored.text(key),
            Stored.text(input.task()),
            beginning,
            beginning.length() < payload.length(),
            given.isEmpty() ? UUID.randomUUID().toString() : Stored.text(given));
    LetterError error = LetterError.of(failure, messages, time.instant());
    if (store.isOwnThread()) { // on which nobody may wait
      var unused =
          store
              .writeAsync(LetterTable.MODE, sql -> kept(new LetterTable(sql), fresh, error))
              .whenComplete((kept, notKept) -> tell(notKept));
    } else {
      store.write(LetterTable.MODE, sql -> kept(new LetterTable(sql), fresh, error));
    }
  }

  private boolean kept(LetterTable letters, LetterTable.Fresh fresh, LetterError error) {
    letters.put(fresh, error);
    letters.prune(rules, error.at(), store.location());
    return true;
  }

  private static void tell(@Nullable Throwable notKept) {
    if (notKept != null) {
      Thread thread = Thread.currentThread();
      Throwable cause = notKept instanceof CompletionException ? notKept.getCause() : notKept;
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }
  }

  /**
   * Letters, the oldest first, with their payloads: {@link LetterFilter#limit} keeps the list
   * short.
   */
  public List<DeadLetter> list(LetterFilter filter) {
    Clauses clauses = filter.clauses();
    return store.query(
        LetterTable.SELECT + clauses.sql(), LetterTable::letter, clauses.parameters());
  }

  /** The letter of that number, if it is there. */
  public Optional<DeadLetter> find(long id) {
    return store.first(LetterTable.SELECT + " WHERE id = ?", LetterTable::letter, id);
  }

  /**
   * Removes a letter for good, also while somebody drives it.
   *
   * @return whether it was there
   */
  public boolean discard(long id) {
    return store.write(LetterTable.MODE, sql -> new LetterTable(sql).discard(id));
  }

  /** How many stand how. */
  public LetterCounts counts() {
    return store.read(sql -> new LetterTable(sql).counts());
  }

  /**
   * Drives letters again, one after the other on this thread, each once; others may do the same at
   * the same time. Those that are done or given up are left, unless given-up ones are asked for by
   * their state or id.
   *
   * @throws ai.powertools.core.CancelledException if the thread is interrupted; the letter under
   *     way waits as before
   * @throws ai.powertools.core.DeadlineExceededException if {@link
   *     ai.powertools.core.Deadline#current()} has passed; so does the letter then
   * @throws ai.powertools.store.StoreException if the store fails
   */
  public RedriveSummary redrive(LetterFilter filter, Redrivers redrivers) {
    return redrive(filter, redrivers, driven -> {});
  }

  /**
   * The same, telling of each letter once it is settled.
   *
   * @param told what it throws ends the run
   */
  public RedriveSummary redrive(LetterFilter filter, Redrivers redrivers, Consumer<Driven> told) {
    boolean givenUp =
        filter.byId() || filter.state().filter(LetterState.GIVEN_UP::equals).isPresent();
    LetterDesk desk = new LetterDesk(store, rules, messages, time, givenUp);
    return new RedriveRun(this, desk, handler, redrivers, told).run(candidates(filter));
  }

  private List<Candidate> candidates(LetterFilter filter) {
    Clauses clauses = filter.clauses();
    if (!filter.byId() && filter.state().isEmpty()) {
      clauses.in("state", List.of(LetterState.WAITING.name(), LetterState.TAKEN.name()));
    }
    return store.query(
        "SELECT id, task FROM retry_letter" + clauses.sql(),
        row -> new Candidate(row.longValue("id"), row.string("task")),
        clauses.parameters());
  }

  /** A letter that may be driven. */
  record Candidate(long id, String task) {}

  /** Where they are kept, for messages. */
  public String location() {
    return store.location();
  }

  /** Closes the file if it was opened here. Harmless twice. */
  @Override
  public void close() {
    if (ownsStore) {
      store.close();
    }
  }
}
