package ai.powertools.session;

import ai.powertools.session.spi.SessionStore.FoundValue;
import ai.powertools.store.Mark;
import ai.powertools.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Values that were read, for as long as nobody has written anything: each is kept with the mark of
 * the state that it was read from, and given out only while that is the state. So a value that any
 * process has replaced is never given out, and where much is written the cache is of no use.
 */
final class ReadCache {
  /** What is kept at most, so that a cache of nothing but long values stays small. */
  private static final long MOST_BYTES = 32L * 1024 * 1024;

  /** What a value takes beside its bytes, about. */
  private static final long OVERHEAD = 500;

  private final Store store;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  ReadCache(Store store) {
    this.store = store;
  }

  private record Key(String session, String name) {}

  private record Kept(Mark mark, Optional<FoundValue> value) {
    long size() {
      return OVERHEAD
          + value.flatMap(FoundValue::entry).map(row -> (long) row.record().length).orElse(0L);
    }
  }

  Optional<FoundValue> find(String session, String name) {
    Optional<Mark> mark = store.mark();
    if (mark.isEmpty()) {
      return read(session, name);
    }
    Key key = new Key(session, name);
    Kept there = kept.get(key);
    if (there != null && there.mark().equals(mark.get())) {
      return there.value();
    }
    Optional<FoundValue> value = read(session, name);
    if (store.mark().equals(mark)) {
      keep(key, new Kept(mark.get(), value));
    }
    return value;
  }

  private void keep(Key key, Kept value) {
    Kept before = kept.put(key, value);
    long now = bytes.addAndGet(value.size() - (before == null ? 0 : before.size()));
    if (now > MOST_BYTES) {
      kept.clear(); // what is asked for again comes back with one read
      bytes.set(0);
    }
  }

  private Optional<FoundValue> read(String session, String name) {
    return SqlRows.find(store, session, name);
  }
}
