package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.models.Certainty;
import ai.powertools.models.Cost;
import ai.powertools.models.CostLine;
import ai.powertools.models.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a machine of one's own costs, which is paid by the hour while it answers. */
final class MachineTime {
  /** No attempt is taken to last longer; where there is a budget, none may. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final int PICO_DIGITS = 12;
  private static final BigDecimal NANOS_PER_HOUR = BigDecimal.valueOf(LONGEST.toNanos());

  private MachineTime() {}

  /** To the pico-dollar, rounded up from half. */
  static Usd cost(Usd perHour, Duration time) {
    BigDecimal product = perHour.toBigDecimal().multiply(BigDecimal.valueOf(time.toNanos()));
    return Usd.of(product.divide(NANOS_PER_HOUR, PICO_DIGITS, RoundingMode.HALF_UP));
  }

  /** The most that one attempt costs: it is paid until the deadline, or for an hour. */
  static Usd worst(Usd perHour, Deadline deadline) {
    Duration left = deadline.remaining();
    return cost(perHour, left.compareTo(LONGEST) < 0 ? left : LONGEST);
  }

  /** An amount for a machine, as a cost of one line. */
  static Cost asCost(Usd amount) {
    CostLine line = new CostLine("machine_time", 1, amount, 1, amount, Optional.empty());
    return Cost.of(List.of(line), Certainty.ESTIMATED);
  }
}
