package ai.powertools.session;

import ai.powertools.session.spi.SessionRows;
import ai.powertools.session.spi.SessionStore;
import ai.powertools.store.Recovery;
import ai.powertools.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sessions in the tables of a {@link Store}. */
final class SqlSessionStore implements SessionStore {
  private final Store store;
  private final boolean owned;
  private final Combiner combiner;
  private final ReadCache cache;

  /**
   * @param owned whether closing this closes the store
   */
  SqlSessionStore(Store store, boolean owned) {
    this.store = store;
    this.owned = owned;
    this.combiner = Combiner.of(store);
    this.cache = new ReadCache(store);
  }

  @Override
  public <T> T write(Function<SessionRows, T> work) {
    return combiner.write(work);
  }

  @Override
  public <T> T read(Function<SessionRows, T> work) {
    return store.read(sql -> work.apply(new SqlRows(sql)));
  }

  @Override
  public Optional<FoundValue> find(String session, String name) {
    return cache.find(session, name);
  }

  @Override
  public List<String> problems() {
    return store.verify().problems();
  }

  @Override
  public List<String> leftByACrash() {
    Recovery found = store.recovery();
    if (!found.readable()) {
      return List.of(
          "The log of %d bytes could not be read: what was committed since it was last emptied is gone, unless a backup has it."
              .formatted(found.logBytes()));
    }
    if (found.isClean()) {
      return List.of();
    }
    return List.of(
        "%d pages at the end of the log could not be used (%d of them end a transaction): a write that had not been acknowledged when the process or the machine died, or damage."
            .formatted(found.unusableFrames(), found.unusableCommits()));
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    if (owned) {
      store.close();
    }
  }
}
