package ai.powertools.router;

import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a model must keep to in order to be asked at all. Immutable; each method gives another one.
 *
 * <p>Models are named by patterns over labels, in which {@code *} stands for anything: {@code
 * openai:*}, {@code *:gpt-5*}.
 *
 * @param budget the most that the whole call may cost, all attempts together; the length of the
 *     answer is limited so that it can't be exceeded, and models of unknown cost are not asked
 * @param quality the least chance of a good answer, 0 to 1
 * @param allow only models that match one of these; all, if there are none
 * @param deny no models that match one of these
 * @param regions only models that are served in one of these, or on this machine; anywhere, if
 *     there are none
 * @param localOnly whether the text must not leave this machine
 * @param maxInputPrice the most that a million tokens of input may cost
 * @param maxOutputPrice the most that a million tokens of output may cost
 * @param firstToken by when the answer has to begin, as far as the model's speed is known
 */
public record Constraints(
    Optional<Usd> budget,
    OptionalDouble quality,
    List<String> allow,
    List<String> deny,
    Set<String> regions,
    boolean localOnly,
    Optional<Usd> maxInputPrice,
    Optional<Usd> maxOutputPrice,
    Optional<Duration> firstToken) {

  /** Anything goes. */
  public static final Constraints NONE =
      new Constraints(
          Optional.empty(),
          OptionalDouble.empty(),
          List.of(),
          List.of(),
          Set.of(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if an amount is negative or a quality not within 0 to 1
   */
  public Constraints {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    regions = Set.copyOf(regions);
    refuseNegative("budget", budget);
    refuseNegative("price of input", maxInputPrice);
    refuseNegative("price of output", maxOutputPrice);
    if (quality.isPresent() && !(quality.getAsDouble() >= 0 && quality.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "The least quality lies between 0 and 1, not at " + quality.getAsDouble() + ".");
    }
  }

  /** The call may cost this much, all attempts together. */
  public Constraints budget(Usd most) {
    return with(Optional.of(most), quality, allow, deny, regions, localOnly);
  }

  /** The chance of a good answer must be this, 0 to 1. */
  public Constraints quality(double least) {
    return with(budget, OptionalDouble.of(least), allow, deny, regions, localOnly);
  }

  /** Only models that match one of these patterns. */
  public Constraints allow(String... patterns) {
    return with(budget, quality, List.of(patterns), deny, regions, localOnly);
  }

  /** No models that match one of these patterns. */
  public Constraints deny(String... patterns) {
    return with(budget, quality, allow, List.of(patterns), regions, localOnly);
  }

  /** Only models that are known to be served in one of these regions, or on this machine. */
  public Constraints regions(String... names) {
    return with(budget, quality, allow, deny, Set.of(names), localOnly);
  }

  /** The text must not leave this machine. */
  public Constraints onlyLocal() {
    return with(budget, quality, allow, deny, regions, true);
  }

  /** A million tokens may cost so much. */
  public Constraints maxPrice(Usd input, Usd output) {
    return new Constraints(
        budget,
        quality,
        allow,
        deny,
        regions,
        localOnly,
        Optional.of(input),
        Optional.of(output),
        firstToken);
  }

  /** The answer has to begin by then, as far as the model's speed is known. */
  public Constraints firstToken(Duration within) {
    return new Constraints(
        budget,
        quality,
        allow,
        deny,
        regions,
        localOnly,
        maxInputPrice,
        maxOutputPrice,
        Optional.of(within));
  }

  /**
   * These, no laxer than the others in amounts, quality and place. The others' lists are left out:
   * two lists of patterns have no common list, so each is checked by itself.
   */
  Constraints tightened(Constraints others) {
    if (others.equals(NONE)) {
      return this;
    }
    return new Constraints(
        least(budget, others.budget),
        greater(quality, others.quality),
        allow,
        deny,
        regions,
        localOnly || others.localOnly,
        least(maxInputPrice, others.maxInputPrice),
        least(maxOutputPrice, others.maxOutputPrice),
        least(firstToken, others.firstToken));
  }

  private Constraints with(
      Optional<Usd> budget,
      OptionalDouble quality,
      List<String> allow,
      List<String> deny,
      Set<String> regions,
      boolean localOnly) {
    return new Constraints(
        budget,
        quality,
        allow,
        deny,
        regions,
        localOnly,
        maxInputPrice,
        maxOutputPrice,
        firstToken);
  }

  private static void refuseNegative(String what, Optional<Usd> amount) {
    if (amount.isPresent() && amount.get().isNegative()) {
      throw new IllegalArgumentException(
          "A %s can't be less than nothing: %s.".formatted(what, amount.get().format()));
    }
  }

  private static <T extends Comparable<T>> Optional<T> least(Optional<T> one, Optional<T> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().compareTo(other.get()) <= 0 ? one : other;
  }

  private static OptionalDouble greater(OptionalDouble one, OptionalDouble other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return OptionalDouble.of(Math.max(one.getAsDouble(), other.getAsDouble()));
  }
}
