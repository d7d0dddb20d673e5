package ai.powertools.store;

/** A wish to be told of changes, made with {@link Store#watch}. Safe for use by many threads. */
public interface Watch extends AutoCloseable {
  /** Ends it: no call begins any more. One that is under way goes on. Harmless twice. */
  @Override
  void close();
}
