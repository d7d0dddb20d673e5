package ai.powertools.cost;

/** Is told about money as it happens: alerts, overshoots, prices that drift. */
@FunctionalInterface
public interface CostListener {
  /**
   * Called after what it tells is in the ledger, on the thread of the call that caused it, which
   * waits meanwhile: hand longer work to others. What it throws is dropped. May be called by many
   * threads at once.
   */
  void on(CostEvent event);
}
