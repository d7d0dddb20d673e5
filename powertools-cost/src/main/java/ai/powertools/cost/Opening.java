package ai.powertools.cost;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.Usd;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reserves money for a call, with a cheaper model if need be. */
final class Opening {
  private final CallDescription call;
  private final CostTracker tracker;
  private final Instant now;
  private final String callId;

  Opening(CallDescription call) {
    this.call = call;
    this.tracker = call.tracker;
    this.now = tracker.time().instant();
    this.callId = call.callId.orElseGet(() -> CallIds.next(now));
  }

  CallSpan open(Model asked) {
    Set<String> refused = new HashSet<>(0);
    Model model = asked;
    while (true) {
      try {
        CallSpan span = reserve(model, call.attributes.of(model));
        if (!refused.isEmpty()) {
          tracker.tell(new CostEvent.Downgraded(callId, asked.qualifiedId(), model.qualifiedId()));
        }
        return span;
      } catch (BudgetExceededException e) {
        refused.add(model.qualifiedId());
        Model other =
            tracker
                .downgrade()
                .instead(call.attributes.of(model), e)
                .map(tracker.catalog()::require)
                .orElseThrow(() -> e);
        if (refused.contains(other.qualifiedId())) {
          throw e;
        }
        model = other;
      }
    }
  }

  private CallSpan reserve(Model model, Attributes attributes) {
    boolean limited = tracker.isLimited(attributes);
    Optional<Usd> worst = worstCase(model, limited);
    Usd amount = amount(model, worst);
    Held held =
        new Held(
            callId,
            call.firstAttempt,
            call.firstAttempt,
            attributes,
            call.traceId,
            limited && !amount.isNegative() && !Picos.fits(amount)
                ? Long.MAX_VALUE // beyond all that can be counted: every limit refuses it
                : Picos.of(amount),
            worst,
            now,
            tracker.ledger().holder(),
            call.lapsesAfter.map(now::plus));
    // What can't cost anything needs no reservation: nothing would be lost with it.
    boolean free = worst.equals(Optional.of(Usd.ZERO));
    if (!free) {
      tracker.reserve(held, call.callId.isEmpty(), amount, call.remedy);
    }
    return CallSpan.open(tracker, call, model, held, free);
  }

  /** What was to be reserved for the model asked for is too much for a cheaper one. */
  private Usd amount(Model model, Optional<Usd> worst) {
    Usd wanted = call.reservation.or(() -> worst).orElse(Usd.ZERO);
    boolean isOther = !call.model.equals(Optional.of(model));
    return isOther && worst.isPresent() && worst.get().compareTo(wanted) < 0 ? worst.get() : wanted;
  }

  private Optional<Usd> worstCase(Model model, boolean limited) {
    Cost worst =
        call.worstCase
            .filter(unused -> call.model.equals(Optional.of(model)))
            .orElseGet(() -> byTokens(model));
    Optional<Usd> known = worst.total().or(() -> tracker.unknownCost().assumed());
    if (known.isEmpty() && limited) {
      throw new UnknownCostException(model.qualifiedId(), worst.reason().orElse("no price"));
    }
    return known;
  }

  private Cost byTokens(Model model) {
    return tracker
        .catalog()
        .pricing()
        .worstCase(
            model,
            call.inputTokens.orElse(model.contextTokens()),
            call.maxOutputTokens.orElse(model.maxOutputTokens()),
            CallTerms.at(now).tier(call.tier));
  }
}
