package ai.powertools.session;

import ai.powertools.session.spi.SessionRows;
import ai.powertools.session.spi.SessionStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries that values are compressed with, kept in the store beside the sessions, so that
 * every process finds them: all that were ever used, and the name of the one to write with.
 */
final class Dictionaries {
  /** The name of what says which one to write with. */
  static final String CURRENT = "dictionary";

  private static final String EACH = "dictionary ";

  @SuppressWarnings("ThreadLocalUsage") // a transaction of one place knows nothing of another
  private final ThreadLocal<@Nullable SessionRows> inside = new ThreadLocal<>();

  private volatile @Nullable SessionStore store;

  /** Writes with the one that was trained last, if any was. */
  void begin(SessionStore store, RecordFormat format) {
    this.store = store;
    Optional<byte[]> current = store.read(Dictionaries::current);
    current.ifPresent(bytes -> format.useDictionary(CompressionDictionary.of(bytes)));
  }

  private static Optional<byte[]> current(SessionRows rows) {
    return rows.shared(CURRENT)
        .flatMap(name -> rows.shared(new String(name, StandardCharsets.UTF_8)));
  }

  /**
   * The place, whose transactions are asked for dictionaries that are needed within them: it can't
   * be asked anew from there.
   */
  SessionStore watched(SessionStore place) {
    return new DictionaryStore(place, inside);
  }

  /** The bytes of one. */
  Optional<byte[]> find(long id) {
    SessionRows here = inside.get();
    if (here != null) {
      return here.shared(name(id));
    }
    SessionStore place = store;
    return place == null ? Optional.empty() : place.read(rows -> rows.shared(name(id)));
  }

  /** Keeps one, to be written with from now on. */
  static void keep(SessionRows rows, CompressionDictionary dictionary) {
    rows.putShared(name(dictionary.id()), dictionary.bytes());
    rows.putShared(CURRENT, name(dictionary.id()).getBytes(StandardCharsets.UTF_8));
  }

  private static String name(long id) {
    return EACH + Long.toHexString(id);
  }
}
