package ai.powertools.orchestrator;

import ai.powertools.logging.LogContext;
import ai.powertools.logging.TraceId;

/** The id that joins the log, the ledger and the receipt of one question or run. */
final class Traces {
  /** The field of the log that has it. */
  static final String FIELD = "trace_id";

  private Traces() {}

  /** The id of what is going on; blank outside of a question. */
  static String current() {
    return LogContext.current().getOrDefault(FIELD, "");
  }

  /** The id of what is going on, or a fresh one where nothing is. */
  static String currentOrFresh() {
    String current = current();
    return current.isBlank() ? TraceId.fresh().hex() : current;
  }
}
