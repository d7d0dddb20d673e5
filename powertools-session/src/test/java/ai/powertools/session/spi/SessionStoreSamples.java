package ai.powertools.session.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that is opened for each test, and rows to put into it. */
public abstract class SessionStoreSamples {
  /** The begin of all moments in here. */
  protected static final Instant T0 = Instant.parse("2026-01-01T00:00:00.000001Z");

  /** Opened anew for each test. */
  protected SessionStore store;

  /** Opens an empty store. */
  protected abstract SessionStore create();

  @BeforeEach
  void openStore() {
    store = create();
  }

  @AfterEach
  void closeStore() {
    store.close();
    store.close();
  }

  /** Runs a transaction that writes. */
  protected final void write(Consumer<SessionRows> work) {
    store.write(
        rows -> {
          work.accept(rows);
          return true;
        });
  }

  /** Runs a transaction that reads. */
  protected final <T> T read(Function<SessionRows, T> work) {
    return store.read(work);
  }

  boolean removed(Function<SessionRows, Boolean> work) {
    return store.write(work);
  }

  /** Reads something that may not be there. */
  protected final <T> Optional<T> one(Function<SessionRows, Optional<T>> work) {
    return store.read(work);
  }

  /** Reads several. */
  protected final <T> List<T> list(Function<SessionRows, List<T>> work) {
    return store.read(work);
  }

  /** Reads a number. */
  protected final long number(Function<SessionRows, Long> work) {
    return store.read(work);
  }

  /** All entries of a session. */
  protected final List<EntryRow> scan(long session) {
    return list(rows -> rows.scan(session, "", Long.MAX_VALUE, 1_000));
  }

  /** The whole past of a session. */
  protected final List<PastRow> scanPast(long session) {
    return list(rows -> rows.scanPast(session, "", Long.MAX_VALUE, Long.MAX_VALUE, 1_000));
  }

  /** The head of a session. */
  protected static SessionRow head(long id, String name) {
    return head(id, name, 0, Optional.empty());
  }

  /** The head of a session at a version. */
  protected static SessionRow head(long id, String name, long version, Optional<Instant> expires) {
    return new SessionRow(
        id,
        name,
        T0,
        T0,
        version,
        new SessionRow.Lock(0, "", Optional.empty()),
        expires,
        Optional.empty(),
        new SessionRow.History(0, T0, 0),
        new SessionRow.Contents(0, 0),
        0);
  }

  /** An entry that never expires. */
  protected static EntryRow entry(long session, String name, long seq, long version) {
    byte[] record = bytes(name + "/" + seq + "/" + version);
    return new EntryRow(
        session, name, seq, version, T0, Optional.empty(), Optional.empty(), record);
  }

  /** What such an entry was. */
  protected static PastRow past(long session, String name, long seq, long version, long until) {
    return new PastRow(entry(session, name, seq, version), until, T0.plusSeconds(until));
  }

  static SessionRow head(String name) {
    return head(name.codePointAt(0), name);
  }

  static SessionRow expiring(long id, String name, Instant expiresAt) {
    return head(id, name, 0, Optional.of(expiresAt));
  }

  static EntryRow withExpiry(EntryRow row, Instant expiresAt) {
    return new EntryRow(
        row.session(),
        row.name(),
        row.seq(),
        row.version(),
        row.at(),
        Optional.of(expiresAt),
        row.slide(),
        row.record());
  }

  static EntryRow at(EntryRow row, Instant at) {
    return new EntryRow(
        row.session(),
        row.name(),
        row.seq(),
        row.version(),
        at,
        row.expiresAt(),
        row.slide(),
        row.record());
  }

  List<Long> seqs(Function<SessionRows, List<EntryRow>> question) {
    return read(question).stream().map(EntryRow::seq).toList();
  }

  static String place(PastRow row) {
    return row.entry().name() + row.entry().seq() + "v" + row.entry().version();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Consumer<byte[]> is(String text) {
    return found -> assertThat(found).isEqualTo(bytes(text));
  }

  static void assertSame(List<EntryRow> found, EntryRow... expected) {
    assertThat(found).usingRecursiveComparison().isEqualTo(List.of(expected));
  }
}
