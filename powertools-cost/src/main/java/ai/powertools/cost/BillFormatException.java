package ai.powertools.cost;

import ai.powertools.core.PowerToolsException;

/** A bill can't be read: the message names line and column and what was expected there. */
public final class BillFormatException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final int line;

  BillFormatException(int line, String message) {
    super("Line " + line + " of the bill: " + message);
    this.line = line;
  }

  BillFormatException(int line, String message, Exception cause) {
    super("Line " + line + " of the bill: " + message, cause);
    this.line = line;
  }

  /** In which line of the file the row begins, from 1. */
  public int line() {
    return line;
  }
}
