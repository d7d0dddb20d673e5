package ai.powertools.models;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Under which terms a call was made: when, in which service tier, where. They decide which of a
 * model's prices is in force.
 *
 * @param at when the call was made
 * @param tier the service tier in lower case, as in {@code batch}, {@code flex}, {@code priority},
 *     {@code fast}; {@link #STANDARD} when nothing else was asked for
 * @param region where the vendor was made to process it, as in {@code us} or {@code eu}; empty when
 *     that was left to the vendor
 * @param knownAt price rows recorded after this moment are not looked at, so that a cost can be
 *     worked out as it was then; empty to use all that is known
 */
public record CallTerms(
    Instant at, String tier, Optional<String> region, Optional<Instant> knownAt) {

  /** The tier of a call for which none was asked. */
  public static final String STANDARD = "standard";

  /** The tier of what was sent in a batch. */
  public static final String BATCH = "batch";

  /** Brings the words of the vendors to one form. */
  public CallTerms {
    tier = normalized(tier);
    region = region.map(name -> name.strip().toLowerCase(Locale.ROOT)).filter(CallTerms::isPlace);
  }

  /** A call at this moment, at standard terms. */
  public static CallTerms at(Instant at) {
    return new CallTerms(at, STANDARD, Optional.empty(), Optional.empty());
  }

  /**
   * The same in another service tier. The vendors' words for the ordinary one ({@code default},
   * {@code auto}, {@code on_demand}) mean {@link #STANDARD}.
   */
  public CallTerms tier(String other) {
    return new CallTerms(at, other, region, knownAt);
  }

  /** The same, processed in this region; vendors' words for anywhere mean none. */
  public CallTerms region(String name) {
    return new CallTerms(at, tier, Optional.of(name), knownAt);
  }

  /** The same, with no more than was known at this moment. */
  public CallTerms knownAt(Instant moment) {
    return new CallTerms(at, tier, region, Optional.of(moment));
  }

  /**
   * The tier in the one form that price rows have: OpenAI's {@code service_tier}, Anthropic's,
   * Groq's, Gemini's {@code serviceTier} and Vertex's {@code trafficType} are understood.
   */
  static String normalized(String tier) {
    String word = tier.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "", "default", "auto", "standard_only", "on_demand", "performance" -> STANDARD;
      case "batches", "batch_api" -> BATCH;
      case "on_demand_flex" -> "flex";
      case "on_demand_priority" -> "priority";
      default -> word;
    };
  }

  private static boolean isPlace(String region) {
    return switch (region) {
      case "", "global", "not_available", "default" -> false;
      default -> true;
    };
  }
}
