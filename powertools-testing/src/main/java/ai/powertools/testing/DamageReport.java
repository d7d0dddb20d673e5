package ai.powertools.testing;

import ai.powertools.testing.FileDamage.Damage;
import ai.powertools.testing.FileDamage.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What became of all the damaged copies; {@link #toString()} counts them in one line. Immutable.
 *
 * @param damages what led to which outcome
 */
public record DamageReport(Map<Outcome, List<Damage>> damages) {
  /** Has a list for each outcome, maybe an empty one. */
  public DamageReport {
    Map<Outcome, List<Damage>> all = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      all.put(outcome, List.copyOf(damages.getOrDefault(outcome, List.of())));
    }
    damages = Map.copyOf(all);
  }

  /** What led to it. */
  public List<Damage> of(Outcome outcome) {
    return damages.getOrDefault(outcome, List.of());
  }

  /** How many flipped bytes led to it. */
  public long flips(Outcome outcome) {
    return of(outcome).stream().filter(Damage.Flip.class::isInstance).count();
  }

  /** How many lengths led to it. */
  public long cuts(Outcome outcome) {
    return of(outcome).size() - flips(outcome);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : Outcome.values()) {
      text.append(text.isEmpty() ? "" : "; ")
          .append(outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .append(": ")
          .append(flips(outcome))
          .append(" flips, ")
          .append(cuts(outcome))
          .append(" cuts");
    }
    return text.toString();
  }
}
