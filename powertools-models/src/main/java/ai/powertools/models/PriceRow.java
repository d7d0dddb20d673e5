package ai.powertools.models;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Some prices, and when and under which terms they apply.
 *
 * <p>A row has two times: the time in which it is charged ({@code from} to {@code until}), and the
 * day on which we learned of it ({@code recorded}). A correction is another row for the same time
 * with a later {@code recorded}; the old one stays, so that a cost can be worked out again as it
 * was. A row that has been replaced by others altogether says since when ({@code superseded}).
 *
 * @param rates what is charged
 * @param tier the service tier, as in {@link CallTerms#tier()}; empty when the source does not tell
 *     tiers apart
 * @param from when it begins to be charged, included; empty when always before {@code until}
 * @param until when it ends, excluded; empty when it has no known end
 * @param hours the hours of each day in which it is charged; empty for all
 * @param regions how many times as much is charged in a region; a region that is not here costs the
 *     same
 * @param recorded the day on which this was known; {@link LocalDate#EPOCH} when that is not dated
 * @param superseded the first day on which it was no longer held true; empty while it is
 */
public record PriceRow(
    Rates rates,
    Optional<String> tier,
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<Hours> hours,
    Map<String, BigDecimal> regions,
    LocalDate recorded,
    Optional<LocalDate> superseded) {

  /**
   * Refuses what can never apply.
   *
   * @throws IllegalArgumentException if it ends before it begins or a region's factor is not above
   *     0
   */
  public PriceRow {
    tier = tier.map(CallTerms::normalized);
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException(
          "Prices that begin at %s can't end at %s.".formatted(from.get(), until.get()));
    }
    Map<String, BigDecimal> factors = new TreeMap<>();
    regions.forEach(
        (region, factor) -> {
          if (factor.signum() <= 0) {
            throw new IllegalArgumentException(
                "The factor of region %s must be above 0, not %s.".formatted(region, factor));
          }
          factors.put(region.toLowerCase(Locale.ROOT), factor);
        });
    regions = Map.copyOf(factors);
  }

  /** A row that is held true. */
  public PriceRow(
      Rates rates,
      Optional<String> tier,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<Hours> hours,
      Map<String, BigDecimal> regions,
      LocalDate recorded) {
    this(rates, tier, from, until, hours, regions, recorded, Optional.empty());
  }

  /** Prices at standard terms, always, everywhere. */
  public static PriceRow of(Rates rates) {
    return new PriceRow(
        rates,
        Optional.of(CallTerms.STANDARD),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        LocalDate.EPOCH);
  }

  /** The same in a service tier. */
  public PriceRow inTier(String name) {
    return new PriceRow(
        rates, Optional.of(name), from, until, hours, regions, recorded, superseded);
  }

  /** The same, charged from this moment on. */
  public PriceRow from(Instant begin) {
    return new PriceRow(
        rates, tier, Optional.of(begin), until, hours, regions, recorded, superseded);
  }

  /** The same, charged until this moment. */
  public PriceRow until(Instant end) {
    return new PriceRow(rates, tier, from, Optional.of(end), hours, regions, recorded, superseded);
  }

  /** The same, charged in these hours only. */
  public PriceRow during(Hours some) {
    return new PriceRow(rates, tier, from, until, Optional.of(some), regions, recorded, superseded);
  }

  /** The same, with so many times as much charged in these regions. */
  public PriceRow regions(Map<String, BigDecimal> factors) {
    return new PriceRow(rates, tier, from, until, hours, factors, recorded, superseded);
  }

  /** The same, known since this day. */
  public PriceRow recorded(LocalDate day) {
    return new PriceRow(rates, tier, from, until, hours, regions, day, superseded);
  }

  /** The same, no longer held true from this day on. */
  PriceRow superseded(LocalDate day) {
    return new PriceRow(rates, tier, from, until, hours, regions, recorded, Optional.of(day));
  }

  /** What is charged when and under which terms, whenever that was known. */
  PriceRow undated() {
    return new PriceRow(
        rates, tier, from, until, hours, regions, LocalDate.EPOCH, Optional.empty());
  }

  /** Whether it is charged under these terms, and was known then. */
  boolean appliesTo(CallTerms terms) {
    return (tier.isEmpty() || tier.get().equals(terms.tier()))
        && (from.isEmpty() || !terms.at().isBefore(from.get()))
        && (until.isEmpty() || terms.at().isBefore(until.get()))
        && (hours.isEmpty() || hours.get().has(terms.at()))
        && (terms.knownAt().isEmpty() ? superseded.isEmpty() : wasKnownAt(terms.knownAt().get()));
  }

  /** Whether this beats the other where both apply: the more specific, then the later one. */
  boolean beats(PriceRow other) {
    if (tier.isPresent() != other.tier.isPresent()) {
      return tier.isPresent();
    }
    if (hours.isPresent() != other.hours.isPresent()) {
      return hours.isPresent();
    }
    int later = from.orElse(Instant.MIN).compareTo(other.from.orElse(Instant.MIN));
    return later != 0 ? later > 0 : !recorded.isBefore(other.recorded);
  }

  /** The rates in a region. */
  Rates ratesIn(Optional<String> region) {
    BigDecimal factor = region.isEmpty() ? null : regions.get(region.get());
    return factor == null ? rates : rates.times(factor);
  }

  private boolean wasKnownAt(Instant moment) {
    LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
    return !recorded.isAfter(day) && (superseded.isEmpty() || day.isBefore(superseded.get()));
  }

  /**
   * Some hours of each day, in Coordinated Universal Time.
   *
   * @param begin the first moment
   * @param end the moment after the last; before {@code begin} when the hours span midnight
   */
  public record Hours(LocalTime begin, LocalTime end) {
    /**
     * Refuses no hours at all.
     *
     * @throws IllegalArgumentException if they end as they begin
     */
    public Hours {
      if (begin.equals(end)) {
        throw new IllegalArgumentException(
            "Hours that begin and end at %s are none; leave them out for the whole day."
                .formatted(begin));
      }
    }

    boolean has(Instant moment) {
      LocalTime time = LocalTime.ofInstant(moment, ZoneOffset.UTC);
      return begin.isBefore(end)
          ? !time.isBefore(begin) && time.isBefore(end)
          : !time.isBefore(begin) || time.isBefore(end);
    }

    @Override
    public String toString() {
      return begin + "-" + end + " UTC";
    }
  }

  /** The better of two rows, either of which may be missing. */
  static @Nullable PriceRow better(@Nullable PriceRow one, PriceRow other) {
    return one == null || other.beats(one) ? other : one;
  }
}
