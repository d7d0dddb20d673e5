package ai.powertools.ratelimit;

import java.net.URI;
import java.time.LocalDate;

/**
 * What a provider once published about one of its tiers.
 *
 * @param provider as in {@code openai}, in lower case
 * @param model a model, or several by a star for any run of characters, as in {@code gpt-5-mini-*}
 * @param tier as the provider calls it, in lower case with hyphens, as in {@code tier-1}
 * @param limits what was published; nothing else may be without limit because of that
 * @param date a day on which the source said so
 * @param source where it said so
 */
public record LimitPreset(
    String provider, String model, String tier, Limits limits, LocalDate date, URI source) {

  /** Whether it is about this model. Upper and lower case are the same. */
  public boolean matches(String model) {
    return Wildcard.matches(this.model, model);
  }

  boolean replaces(LimitPreset other) {
    return provider.equals(other.provider) && model.equals(other.model) && tier.equals(other.tier);
  }
}
