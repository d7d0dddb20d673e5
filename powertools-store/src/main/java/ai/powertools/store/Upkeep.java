package ai.powertools.store;

import java.nio.file.Path;

/** What is done to a database as a whole, each in its own way. */
interface Upkeep {
  /** Writes a consistent copy into a file that is there and empty. */
  void copy(TransactionalStore store, Path empty);

  /** Looks for damage. */
  Integrity verify(Store store);

  /** What was found when it was opened. */
  Recovery recovery();

  /** Something that shows whether there was a commit; the caller closes it. */
  ChangeSign changeSign();
}
