package ai.powertools.session;

import ai.powertools.session.spi.SessionRows;
import ai.powertools.session.spi.SessionStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Counts how often a value was asked for; closing it leaves the store open for others. */
final class CountingStore implements SessionStore {
  final AtomicLong finds = new AtomicLong();
  private final SessionStore store;

  /** Runs between a read of the store and the answer. */
  volatile Runnable afterFind = () -> {};

  /** Runs in a transaction, after its work. */
  volatile Runnable afterWork = () -> {};

  CountingStore(SessionStore store) {
    this.store = store;
  }

  @Override
  public <T> T write(Function<SessionRows, T> work) {
    return store.write(
        rows -> {
          T result = work.apply(rows);
          afterWork.run();
          return result;
        });
  }

  @Override
  public <T> T read(Function<SessionRows, T> work) {
    return store.read(work);
  }

  @Override
  public Optional<FoundValue> find(String session, String name) {
    finds.incrementAndGet();
    Optional<FoundValue> found = store.find(session, name);
    afterFind.run();
    return found;
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    // The other front goes on.
  }
}
