package ai.powertools.session;

import ai.powertools.session.spi.SessionRows;
import ai.powertools.session.spi.SessionStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A place that notes which transaction the current thread is in. */
final class DictionaryStore implements SessionStore {
  private final SessionStore store;
  private final ThreadLocal<@Nullable SessionRows> inside;

  DictionaryStore(SessionStore store, ThreadLocal<@Nullable SessionRows> inside) {
    this.store = store;
    this.inside = inside;
  }

  @Override
  public <T> T write(Function<SessionRows, T> work) {
    return store.write(rows -> run(rows, work));
  }

  @Override
  public <T> T read(Function<SessionRows, T> work) {
    return store.read(rows -> run(rows, work));
  }

  private <T> T run(SessionRows rows, Function<SessionRows, T> work) {
    SessionRows before = inside.get();
    inside.set(rows);
    try {
      return work.apply(rows);
    } finally {
      if (before == null) {
        inside.remove();
      } else {
        inside.set(before);
      }
    }
  }

  @Override
  public Optional<FoundValue> find(String session, String name) {
    return store.find(session, name);
  }

  @Override
  public List<String> problems() {
    return store.problems();
  }

  @Override
  public List<String> leftByACrash() {
    return store.leftByACrash();
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    store.close();
  }
}
