package ai.powertools.orchestrator;

import ai.powertools.workflow.Run;
import java.util.List;

/**
 * What came of a workflow.
 *
 * @param traceId joins the log and the ledger entries of all its steps
 * @param run the outputs of its steps, and when they ran
 * @param receipts one for each question that its steps asked, in the order of the answers
 */
public record RunResult(String traceId, Run run, List<Receipt> receipts) {
  /** Copies the receipts. */
  public RunResult {
    receipts = List.copyOf(receipts);
  }

  /** The output of the last step of the definition, as text. */
  public String text() {
    Object last = "";
    for (Object output : run.outputs().values()) {
      last = output;
    }
    return String.valueOf(last);
  }
}
