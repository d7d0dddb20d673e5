package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import ai.powertools.models.PriceVote.Disagreement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes the bundled {@code models.json} and {@code docs/prices.md} from three public price maps
 * under {@code $POWERTOOLS_DATA/prices}. The one command, from the root of the project:
 *
 * <pre>mvn -pl powertools-models test -Dtest=BundledCatalogTest -Dcatalog.write=true</pre>
 */
final class CatalogGenerator {
  private final Map<CatalogSource, Map<String, Map<String, Quote>>> byName =
      new EnumMap<>(CatalogSource.class);
  private final CatalogSource.Rules rules = new CatalogSource.Rules();
  private final CatalogScores scores = new CatalogScores();
  private final List<Model> models = new ArrayList<>();
  private final List<Disagreement> disagreements = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final Set<String> slips = new TreeSet<>();

  private CatalogGenerator() {
    byName.put(CatalogSource.LITELLM, CatalogSource.byName(CatalogSource.LITELLM));
    byName.put(CatalogSource.MODELS_DEV, CatalogSource.byName(CatalogSource.MODELS_DEV));
  }

  /** The models, sorted, and what was decided on the way. */
  record Catalog(List<Model> models, List<Disagreement> disagreements, List<String> dropped) {
    String json() {
      return CatalogJson.file(models);
    }

    String report() {
      return CatalogReport.of(this);
    }
  }

  static Catalog generate() {
    CatalogGenerator generator = new CatalogGenerator();
    for (CatalogProvider provider : CatalogProvider.ALL) {
      generator.take(provider);
    }
    generator.models.addAll(LocalModels.all(generator.byName.get(CatalogSource.MODELS_DEV)));
    generator.models.sort(Comparator.comparing(Model::provider).thenComparing(Model::id));
    for (String slip : generator.slips) {
      generator.dropped.add(slip + ": a price of vectors above $10 per million tokens is a slip");
    }
    return new Catalog(
        List.copyOf(generator.models),
        List.copyOf(generator.disagreements),
        List.copyOf(generator.dropped));
  }

  private void take(CatalogProvider provider) {
    Map<String, Draft> drafts = new TreeMap<>();
    for (CatalogCandidate candidate : candidates(provider)) {
      if (CatalogScope.isCurrent(candidate)) {
        drafts.put(candidate.id(), draft(candidate));
      }
    }
    CatalogNames.fold(provider, drafts);
    Map<String, Map<String, Quote>> liteLlm = byName.get(CatalogSource.LITELLM);
    if (provider.name().equals("aws")) {
      RegionalNames.fold(drafts, liteLlm.get("bedrock"));
    }
    for (Draft draft : drafts.values()) {
      models.add(draft.model());
      disagreements.addAll(draft.vote.disagreements());
      dropped.addAll(draft.tiers.dropped());
    }
  }

  private List<CatalogCandidate> candidates(CatalogProvider provider) {
    Map<String, Quote> devs =
        byName.get(CatalogSource.MODELS_DEV).getOrDefault(provider.modelsDev(), Map.of());
    Map<String, Quote> liteLlm = new LinkedHashMap<>();
    for (String name : provider.liteLlm()) {
      byName
          .get(CatalogSource.LITELLM)
          .getOrDefault(name, Map.of())
          .forEach(
              (id, quote) -> {
                String own =
                    id.startsWith(provider.name() + "/") && !provider.name().equals("openrouter")
                        ? id.substring(provider.name().length() + 1)
                        : id;
                liteLlm.putIfAbsent(own, quote);
              });
    }
    Set<String> ids = new LinkedHashSet<>(devs.keySet());
    ids.addAll(liteLlm.keySet());
    ids.addAll(CatalogScope.ALSO.getOrDefault(provider.name(), List.of()));
    List<CatalogCandidate> candidates = new ArrayList<>();
    for (String id : ids) {
      Map<CatalogSource, Quote> quotes = new EnumMap<>(CatalogSource.class);
      put(quotes, CatalogSource.LITELLM, Optional.ofNullable(liteLlm.get(id)));
      put(quotes, CatalogSource.GENAI, rules.find(provider.genai(), id));
      put(quotes, CatalogSource.MODELS_DEV, Optional.ofNullable(devs.get(id)));
      candidates.add(new CatalogCandidate(provider, spelled(id, quotes), quotes));
    }
    return candidates;
  }

  /** The id as the sources write it: LiteLLM's, which are the names that APIs take, first. */
  private static String spelled(String id, Map<CatalogSource, Quote> quotes) {
    return quotes.values().stream()
        .map(quote -> quote.model().id())
        .filter(written -> written.toLowerCase(Locale.ROOT).equals(id))
        .findFirst()
        .orElse(id);
  }

  private static void put(
      Map<CatalogSource, Quote> quotes, CatalogSource source, Optional<Quote> quote) {
    quote.ifPresent(some -> quotes.put(source, some));
  }

  private Draft draft(CatalogCandidate candidate) {
    PriceVote vote = PriceVote.of(candidate);
    PriceTiers tiers = new PriceTiers(candidate, vote);
    candidate.quotes().values().stream()
        .filter(quote -> candidate.is(Ability.EMBEDDING))
        .flatMap(quote -> Quotes.standard(quote).stream())
        .filter(row -> Quotes.absurdForVectors(Quotes.prices(row.rates())))
        .forEach(row -> slips.add(candidate.qualifiedId()));
    Optional<Prices> prices =
        vote.chosen().isEmpty() ? Optional.empty() : Optional.of(new Prices(tiers.rows()));
    String maker = candidate.provider().name() + "/" + candidate.id();
    Optional<String> base =
        candidate
            .quote(CatalogSource.MODELS_DEV)
            .flatMap(quote -> JsonTree.text(quote.raw(), "base_model"));
    List<Score> known =
        scores.has(maker) ? scores.of(maker) : base.map(scores::of).orElse(List.of());
    boolean newest =
        vote.chosen().isEmpty()
            ? candidate.quotes().containsKey(CatalogSource.LITELLM)
            : vote.agrees(CatalogSource.LITELLM);
    Model facts = new CatalogFacts(candidate).model(known);
    return new Draft(
        facts,
        prices,
        newest ? CatalogSource.LITELLM.date() : CatalogSource.MODELS_DEV.date(),
        vote,
        tiers);
  }
}
