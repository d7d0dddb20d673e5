package ai.powertools.store;

/**
 * What is to be done in one transaction.
 *
 * <p>It may be run more than once before it is kept (when another process was in its way, or one
 * that shared its commit failed), so it must have no effect but through the {@link Sql} that it is
 * given, and must not call the store. One that writes runs on the store's writing thread, where
 * others wait behind it: ask no model and no network from within.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Transaction<T> {
  /** Does the work. Throwing rolls it back. */
  T run(Sql sql);
}
