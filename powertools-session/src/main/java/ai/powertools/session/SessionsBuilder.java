package ai.powertools.session;

import ai.powertools.core.Time;
import ai.powertools.session.spi.SessionStore;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept, and how. Says what is chosen; {@link #open()} does it. Not for use by
 * several threads.
 */
public final class SessionsBuilder {
  private Function<RecordFormat, SessionStore> place = format -> new MemorySessionStore();
  private UnaryOperator<SessionStore> front = UnaryOperator.identity();
  private Codecs codecs = Codecs.standard();
  private Upcasters upcasters = Upcasters.none();
  private Compression compression = Compression.off();
  private @Nullable EncryptionKeys keys;
  private Time time = Time.system();
  private HistoryWindow history = HistoryWindow.NONE;
  private Optional<Duration> sweepEvery = Optional.empty();
  private SessionMeter meter = SessionMeter.NONE;
  private String holder = "process " + ProcessHandle.current().pid();
  private final List<SessionListener> listeners = new ArrayList<>();

  SessionsBuilder() {}

  /** In one SQLite file, made if it is not there, readable by its owner alone. */
  public SessionsBuilder at(Path file) {
    return in(format -> sql(Store.sqlite(file), true, format));
  }

  /** In a PostgreSQL database. */
  public SessionsBuilder postgres(DataSource dataSource) {
    return in(format -> sql(Store.postgres(dataSource), true, format));
  }

  /** In memory, until they are closed: the default. */
  public SessionsBuilder inMemory() {
    return in(format -> new MemorySessionStore());
  }

  /** In a store that others use too, and that the caller closes. */
  public SessionsBuilder on(Store store) {
    return in(format -> sql(store, false, format));
  }

  /** In a place of one's own, which is closed with the sessions, also when they can't be opened. */
  public SessionsBuilder in(SessionStore store) {
    return in(format -> store);
  }

  private SessionsBuilder in(Function<RecordFormat, SessionStore> other) {
    this.place = other;
    return this;
  }

  /** Puts something in front of the place, such as a cache; it closes what it is in front of. */
  public SessionsBuilder front(UnaryOperator<SessionStore> front) {
    this.front = front;
    return this;
  }

  /** Another clock. */
  public SessionsBuilder time(Time time) {
    this.time = time;
    return this;
  }

  /** What values are written with from now on; by default JSON. */
  public SessionsBuilder codec(Codec codec) {
    this.codecs = codecs.writing(codec);
    return this;
  }

  /** All that values are written and read with. */
  public SessionsBuilder codecs(Codecs codecs) {
    this.codecs = codecs;
    return this;
  }

  /** How values of an older schema are made into those of today. */
  public SessionsBuilder upcasters(Upcasters upcasters) {
    this.upcasters = upcasters;
    return this;
  }

  /** Whether what is written is compressed; by default it is not. */
  public SessionsBuilder compression(Compression compression) {
    this.compression = compression;
    return this;
  }

  /** Encrypts what is written, and reads what was encrypted; by default nothing is. */
  public SessionsBuilder encryption(EncryptionKeys keys) {
    this.keys = keys;
    return this;
  }

  /** How long what was replaced or removed can still be read; by default not at all. */
  public SessionsBuilder history(HistoryWindow history) {
    this.history = history;
    return this;
  }

  /**
   * Sweeps by itself, that often, for as long as the sessions are open; by default never.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public SessionsBuilder sweepEvery(Duration interval) {
    Counts.checkPause(interval);
    this.sweepEvery = Optional.of(interval);
    return this;
  }

  /** Is told how long things take. */
  public SessionsBuilder meter(SessionMeter meter) {
    this.meter = meter;
    return this;
  }

  /** Is told of changes that this process makes. */
  public SessionsBuilder listener(SessionListener listener) {
    listeners.add(listener);
    return this;
  }

  /** How others are told who holds a lock; by default the number of the process. */
  public SessionsBuilder holder(String holder) {
    this.holder = Names.check("A holder", holder);
    return this;
  }

  /**
   * Opens them.
   *
   * @throws ai.powertools.store.StoreException if the place can't be opened
   */
  public Sessions open() {
    Dictionaries dictionaries = new Dictionaries();
    RecordFormat format =
        new RecordFormat(codecs, upcasters, compression, keys, dictionaries::find);
    SessionStore store = dictionaries.watched(front.apply(place.apply(format)));
    try {
      dictionaries.begin(store, format);
    } catch (RuntimeException e) {
      store.close();
      format.close();
      throw e;
    }
    Listeners told = new Listeners();
    listeners.forEach(told::add);
    Settings settings =
        new Settings(
            store,
            format,
            time,
            history,
            told,
            meter,
            new Locks(store, time, holder),
            new Updates(time));
    return new Sessions(settings, new Sweeper(settings, sweepEvery));
  }

  private static SessionStore sql(Store store, boolean owned, RecordFormat format) {
    try {
      store.migrate(SqlTables.ALL);
      new OlderTables(store, format).move();
      return new SqlSessionStore(store, owned);
    } catch (RuntimeException e) {
      if (owned) {
        store.close();
      }
      throw e;
    }
  }
}
