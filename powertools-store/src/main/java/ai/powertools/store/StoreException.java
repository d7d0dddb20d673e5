package ai.powertools.store;

import ai.powertools.core.PowerToolsException;
import org.jspecify.annotations.Nullable;

/**
 * The store could not do what was asked. Nothing of the transaction was kept, except that after
 * {@link Kind#IN_DOUBT} nobody knows.
 */
public final class StoreException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Kind {
    /** Another process holds the lock, and did so for too long. */
    BUSY(true),
    /** Transactions of several processes were in each other's way, again and again. */
    CONFLICT(true),
    /** The database can't be reached, or the connection broke. */
    UNAVAILABLE(true),
    /** The connection broke during the commit: all of the transaction was kept, or nothing. */
    IN_DOUBT(false),
    /** A constraint of a table refuses the change. */
    CONSTRAINT(false),
    /** The disk is full. */
    FULL(false),
    /** The file, its folder or the database can't be written. */
    READ_ONLY(false),
    /** The file is damaged, or no database. */
    CORRUPT(false),
    /** The tables belong to a newer program, or were made by other steps. */
    SCHEMA(false),
    /** The statement is wrong. */
    STATEMENT(false),
    /** This kind of database can't do it. */
    UNSUPPORTED(false),
    /** The store was closed, or is used in a way that can't work. */
    MISUSE(false);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }
  }

  private final Kind kind;

  StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What stands in the way. */
  public Kind kind() {
    return kind;
  }

  @Override
  public boolean retryable() {
    return kind.retryable;
  }
}
