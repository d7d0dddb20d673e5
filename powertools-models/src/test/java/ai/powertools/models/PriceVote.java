package ai.powertools.models;

import ai.powertools.models.Quotes.UnitAt;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses the standard prices of one model from what the sources say. Input and output first: what
 * most say, else the newest. Of what else there is, only sources that are right about these count.
 */
final class PriceVote {
  private static final Set<UnitAt> CORE =
      Set.of(new UnitAt(0, Unit.INPUT_TOKENS), new UnitAt(0, Unit.OUTPUT_TOKENS));

  private final String model;
  private final Map<CatalogSource, Map<UnitAt, BigDecimal>> quotes;
  private final Map<UnitAt, BigDecimal> chosen = new TreeMap<>();
  private final List<Disagreement> disagreements = new ArrayList<>();

  /** A name that moves on to the next model means what the newest source says. */
  private final boolean moves;

  private final boolean embeds;
  private final boolean draws;

  private PriceVote(CatalogCandidate candidate) {
    this.model = candidate.qualifiedId();
    this.quotes = Quotes.of(candidate);
    this.moves = model.endsWith("-latest");
    this.embeds = candidate.is(Ability.EMBEDDING);
    this.draws =
        candidate.quotes().values().stream()
            .anyMatch(quote -> quote.model().traits().writes().contains(Modality.IMAGE));
  }

  /**
   * What the sources say differently of a model.
   *
   * @param said by source
   */
  record Disagreement(
      String model, String what, Map<CatalogSource, String> said, String chosen, String why) {}

  static PriceVote of(CatalogCandidate candidate) {
    PriceVote vote = new PriceVote(candidate);
    vote.choose();
    return vote;
  }

  Map<UnitAt, BigDecimal> chosen() {
    return chosen;
  }

  List<Disagreement> disagreements() {
    return disagreements;
  }

  /** Whether a source has the chosen prices of input and output, or of all when there are none. */
  boolean agrees(CatalogSource source) {
    Map<UnitAt, BigDecimal> prices = quotes.get(source);
    return prices != null && Quotes.agree(prices, chosen, about());
  }

  private Set<UnitAt> about() {
    Set<UnitAt> core = new TreeSet<>(CORE);
    core.retainAll(chosen.keySet());
    return core.isEmpty() ? chosen.keySet() : core;
  }

  /** Whether any source has these prices of input and output. */
  boolean hasQuoteOf(PriceVote other) {
    return quotes.values().stream()
        .anyMatch(prices -> Quotes.agree(prices, other.chosen, other.about()));
  }

  private void choose() {
    for (UnitAt key : new TreeSet<>(CORE)) {
      Map<CatalogSource, Map<UnitAt, BigDecimal>> sound = right(quotes.keySet());
      boolean known = sound.values().stream().anyMatch(prices -> prices.containsKey(key));
      decide(key, known ? sound : quotes, quotes);
    }
    boolean tokens = !chosen.isEmpty();
    Map<CatalogSource, Map<UnitAt, BigDecimal>> right = tokens ? right(quotes.keySet()) : quotes;
    Set<Long> lengths = lengths(right);
    Set<UnitAt> keys = new TreeSet<>();
    right.values().forEach(prices -> keys.addAll(prices.keySet()));
    keys.removeAll(CORE);
    for (UnitAt key : keys) {
      if (key.above() == 0 || lengths.contains(key.above())) {
        decide(key, right, right);
      }
    }
    UnitAt cached = new UnitAt(0, Unit.CACHE_READ_TOKENS);
    UnitAt input = new UnitAt(0, Unit.INPUT_TOKENS);
    if (chosen.containsKey(cached)
        && chosen.containsKey(input)
        && chosen.get(cached).compareTo(chosen.get(input)) > 0) {
      chosen.remove(cached);
    }
    onceOnly();
    chosen.keySet().removeIf(key -> !chosen.containsKey(new UnitAt(0, key.unit())));
  }

  /** The sources that have what is chosen so far. */
  private Map<CatalogSource, Map<UnitAt, BigDecimal>> right(Set<CatalogSource> among) {
    Map<CatalogSource, Map<UnitAt, BigDecimal>> right = new EnumMap<>(CatalogSource.class);
    for (CatalogSource source : among) {
      if (chosen.isEmpty() || agrees(source)) {
        right.put(source, quotes.get(source));
      }
    }
    return right;
  }

  /** What is charged by tokens is not charged by seconds or pieces too. */
  private void onceOnly() {
    twice(Unit.INPUT_AUDIO_TOKENS, Unit.INPUT_AUDIO_SECONDS);
    twice(Unit.OUTPUT_AUDIO_TOKENS, Unit.OUTPUT_AUDIO_SECONDS);
    twice(Unit.INPUT_AUDIO_SECONDS, Unit.OUTPUT_AUDIO_SECONDS);
    twice(Unit.INPUT_VIDEO_TOKENS, Unit.INPUT_VIDEO_SECONDS);
    twice(Unit.INPUT_IMAGE_TOKENS, Unit.INPUT_IMAGES);
    twice(Unit.OUTPUT_IMAGE_TOKENS, Unit.OUTPUT_IMAGES);
    if (!embeds) {
      twice(Unit.INPUT_TOKENS, Unit.INPUT_IMAGES);
    }
    if (!draws) {
      chosen.remove(new UnitAt(0, Unit.OUTPUT_IMAGES));
    }
  }

  private void twice(Unit kept, Unit other) {
    if (chosen.containsKey(new UnitAt(0, kept))) {
      chosen.remove(new UnitAt(0, other));
    }
  }

  /** The lengths from which on there are other prices: those of most, else of the newest. */
  private Set<Long> lengths(Map<CatalogSource, Map<UnitAt, BigDecimal>> right) {
    Map<CatalogSource, Set<Long>> said = new EnumMap<>(CatalogSource.class);
    right.forEach(
        (source, prices) -> {
          Set<Long> lengths = new TreeSet<>();
          prices.keySet().forEach(key -> lengths.add(key.above()));
          lengths.remove(0L);
          said.put(source, lengths);
        });
    Set<Long> best = said.isEmpty() ? Set.of() : best(said);
    if (said.values().stream().distinct().count() > 1) {
      Map<CatalogSource, String> texts = new EnumMap<>(CatalogSource.class);
      said.forEach((source, lengths) -> texts.put(source, lengths(lengths)));
      disagreements.add(
          new Disagreement(model, "long_context", texts, lengths(best), why(said, best)));
    }
    return best;
  }

  private static String lengths(Set<Long> lengths) {
    return lengths.isEmpty()
        ? "none"
        : "above " + String.join(", ", lengths.stream().map(String::valueOf).toList());
  }

  /** Chooses among some sources, and notes when those to compare say different things. */
  private void decide(
      UnitAt key,
      Map<CatalogSource, Map<UnitAt, BigDecimal>> among,
      Map<CatalogSource, Map<UnitAt, BigDecimal>> compared) {
    Map<CatalogSource, BigDecimal> said = said(key, among);
    if (said.isEmpty()) {
      return;
    }
    BigDecimal best = best(said);
    chosen.put(key, best);
    Map<CatalogSource, BigDecimal> all = said(key, compared);
    if (all.values().stream().distinct().count() > 1) {
      Map<CatalogSource, String> texts = new EnumMap<>(CatalogSource.class);
      all.forEach((source, price) -> texts.put(source, price.toPlainString()));
      disagreements.add(
          new Disagreement(model, key.toString(), texts, best.toPlainString(), why(all, best)));
    }
  }

  private static Map<CatalogSource, BigDecimal> said(
      UnitAt key, Map<CatalogSource, Map<UnitAt, BigDecimal>> among) {
    Map<CatalogSource, BigDecimal> said = new EnumMap<>(CatalogSource.class);
    among.forEach(
        (source, prices) -> {
          if (prices.containsKey(key)) {
            said.put(source, prices.get(key));
          }
        });
    return said;
  }

  private <V> V best(Map<CatalogSource, V> said) {
    Map<V, Integer> votes = new LinkedHashMap<>();
    said.values().forEach(value -> votes.merge(value, 1, Integer::sum));
    V best = said.values().iterator().next();
    if (moves) {
      return best;
    }
    for (Map.Entry<V, Integer> vote : votes.entrySet()) {
      if (vote.getValue() > votes.getOrDefault(best, 0)) {
        best = vote.getKey();
      }
    }
    return best;
  }

  private <V> String why(Map<CatalogSource, V> said, V best) {
    boolean most = !moves && said.values().stream().filter(best::equals).count() > 1;
    return most ? "two of three" : "newest";
  }
}
