package ai.powertools.router;

import ai.powertools.models.Usd;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What sets one place where a model is served apart from others: several keys, regions or machines
 * may serve the same model.
 *
 * @param name tells it from others of the same model, as in {@code eu-1}; part of its label
 * @param region where the text is processed, as in {@code eu}; empty when not known, which no
 *     request that is bound to a region accepts
 * @param perHour what a machine of one's own costs by the hour while it answers; empty for models
 *     that are priced by tokens, or free
 * @param ability how good the model is, 0 to 1, by one's own evaluation; empty to go by published
 *     results and prices
 */
public record Deployment(
    Optional<String> name, Optional<String> region, Optional<Usd> perHour, OptionalDouble ability) {

  /** The only one of its kind, of which nothing is said. */
  public static final Deployment ONLY =
      new Deployment(Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());

  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if a name is blank, a price negative, or an ability not within
   *     0 to 1
   */
  public Deployment {
    name.ifPresent(text -> refuseBlank("name", text));
    region.ifPresent(text -> refuseBlank("region", text));
    if (perHour.isPresent() && perHour.get().isNegative()) {
      throw new IllegalArgumentException(
          "An hour can't cost less than nothing: " + perHour.get().format() + ".");
    }
    if (ability.isPresent() && !(ability.getAsDouble() >= 0 && ability.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "An ability lies between 0 and 1, not at " + ability.getAsDouble() + ".");
    }
  }

  private static void refuseBlank(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The " + what + " of a deployment must not be blank.");
    }
  }
}
