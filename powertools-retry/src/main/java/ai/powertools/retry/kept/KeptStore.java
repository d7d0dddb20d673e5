package ai.powertools.retry.kept;

import ai.powertools.core.ConfigurationException;
import ai.powertools.store.Store;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the store, which need not be on the class path. */
final class KeptStore {
  private KeptStore() {}

  static Store open(String what, @Nullable Path file) {
    if (file == null) {
      throw new ConfigurationException(
          what + " need a place to be kept in: name a store or a file.");
    }
    try {
      return Opening.sqlite(file);
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          what
              + " need powertools-store, which is not on the class path: add"
              + " ai.powertools:powertools-store.",
          e);
    }
  }

  /** A class of its own, so that this one can be loaded without the store. */
  private static final class Opening {
    static Store sqlite(Path file) {
      return Store.sqlite(file);
    }
  }
}
