package ai.powertools.session;

import ai.powertools.session.spi.SessionStore;
import java.util.concurrent.atomic.AtomicReference;

/** The store that sessions would be kept in. */
final class StoreOf {
  private StoreOf() {}

  /** Opens them, for their store alone. */
  static SessionStore open(SessionsBuilder builder) {
    AtomicReference<SessionStore> opened = new AtomicReference<>();
    builder
        .front(
            store -> {
              opened.set(store);
              return store;
            })
        .open();
    return opened.get();
  }
}
