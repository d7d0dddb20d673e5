package ai.powertools.store;

/**
 * A sign that is another one after each commit, whoever made it. For one thread at a time, but for
 * {@link #committed}; after an error it can be read again.
 */
interface ChangeSign extends AutoCloseable {
  /**
   * The sign as it is now; only whether two are equal means anything.
   *
   * @throws StoreException if the database can't be asked
   */
  Object read();

  /** Called by the writing thread after each commit of this process. */
  default void committed() {}

  @Override
  void close();
}
