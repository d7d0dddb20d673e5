package ai.powertools.orchestrator;

import ai.powertools.cost.BudgetStatus;
import ai.powertools.cost.CostEvent;
import ai.powertools.cost.CostListener;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.logging.LogEvent;
import ai.powertools.logging.StructuredLogger;

/** Writes what happens to the money into the log, one event each, amounts as exact decimals. */
final class CostLog implements CostListener {
  private static final StructuredLogger LOG = StructuredLogger.of(CostLog.class);

  @Override
  public void on(CostEvent event) {
    if (event instanceof CostEvent.ThresholdReached reached) {
      alert(reached);
    } else if (event instanceof CostEvent.Overshot overshot) {
      status(LOG.error("budget_overshot"), overshot.status())
          .with("call_id", overshot.callId())
          .with("over_usd", overshot.status().overshoot().toString())
          .with("beyond_reservation_usd", overshot.beyondReservation().toString())
          .log();
    } else if (event instanceof CostEvent.LimitPassed passed) {
      status(LOG.warn("limit_passed"), passed.status())
          .with("call_id", passed.callId())
          .with("requested_usd", passed.requested().toString())
          .log();
    } else if (event instanceof CostEvent.PriceDrift drift) {
      entry(LOG.warn("price_drift"), drift.entry())
          .with("cost_usd", drift.entry().cost().map(Object::toString).orElse(null))
          .with("vendor_usd", drift.entry().vendorCost().map(Object::toString).orElse(null))
          .with("drift_usd", drift.drift().toString())
          .log();
    } else if (event instanceof CostEvent.CallLost lost) {
      entry(LOG.warn("call_lost"), lost.entry())
          .with("at_most_usd", lost.entry().atMost().map(Object::toString).orElse(null))
          .log();
    }
  }

  private static void alert(CostEvent.ThresholdReached reached) {
    LOG.warn("budget_alert")
        .with("budget", reached.budget().label())
        .with("share", reached.share().isEmpty() ? null : reached.share())
        .with("percent", reached.percent())
        .with("spent_usd", reached.spent().toString())
        .with("limit_usd", reached.budget().limit().toString())
        .with("window_start", reached.windowStart().toString())
        .log();
  }

  private static LogEvent status(LogEvent event, BudgetStatus status) {
    return event
        .with("budget", status.budget().label())
        .with("share", status.share().isEmpty() ? null : status.share())
        .with("spent_usd", status.spent().toString())
        .with("reserved_usd", status.reserved().toString())
        .with("limit_usd", status.budget().limit().toString());
  }

  private static LogEvent entry(LogEvent event, LedgerEntry entry) {
    return event
        .with("call_id", entry.callId())
        .with("attempt", entry.attempt())
        .with("model", entry.model());
  }
}
