package ai.powertools.models;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that are known, by name.
 *
 * <p>A name is, in this order: {@code provider/id}; {@code provider/alias}; an id; an alias; one of
 * these with the date of a snapshot behind it ({@code gpt-5-2025-08-07}, {@code
 * claude-sonnet-4-5-20250929}, {@code claude-sonnet-4-5@20250929}); what the pattern of an alias
 * matches. Case does not matter. A name that fits several models is never guessed at.
 *
 * <p>Immutable and thread-safe.
 */
public final class ModelCatalog {
  private final List<CatalogEntry> entries;
  private final ModelNames names;
  private final Pricing pricing;
  private final TokenCounterProvider counters;

  private ModelCatalog(
      List<CatalogEntry> entries,
      ModelNames names,
      Pricing pricing,
      TokenCounterProvider counters) {
    this.entries = entries;
    this.names = names;
    this.pricing = pricing;
    this.counters = counters;
  }

  /** The models that ship with this library; each is read when it is first asked for, once. */
  public static ModelCatalog bundled() {
    return Bundled.CATALOG;
  }

  /**
   * A catalog of these models only; a later one replaces an earlier of the same provider and id.
   */
  public static ModelCatalog of(List<Model> models) {
    return ofEntries(models.stream().map(CatalogEntry::of).toList());
  }

  /** A catalog of the models of a source only, by the names that it gives them. */
  public static ModelCatalog of(PriceSource source) {
    List<CatalogEntry> entries = source.models().stream().map(CatalogEntry::of).toList();
    return source.namesByAliasOnly()
        ? new ModelCatalog(
            entries, ModelNames.byAliasOnly(entries), usualPricing(), new InstalledTokenCounters())
        : ofEntries(entries);
  }

  /** This catalog and these models, which replace those of the same provider and id. */
  public ModelCatalog with(Model... others) {
    List<CatalogEntry> all = new ArrayList<>(entries);
    for (Model other : others) {
      all.add(CatalogEntry.of(other));
    }
    return of(all, pricing, counters);
  }

  /**
   * This catalog and the models of a file of one's own, which replace those of the same provider
   * and id. The format is that of the bundled {@code models.json}; {@code models.schema.json},
   * beside it in the jar, describes it.
   *
   * @throws ai.powertools.core.ConfigurationException if the file can't be read or anything in it
   *     is wrong, with the row and the field; no row is taken then
   */
  public ModelCatalog with(Path file) {
    return with(ModelsFile.read(file).toArray(Model[]::new));
  }

  /**
   * This catalog with the prices of a source: a model that is here keeps its other facts, and its
   * former prices as superseded today, see {@link Prices#replacedBy}; one that is not is added.
   *
   * @throws ai.powertools.core.ConfigurationException see {@link PriceSource#models}
   */
  public ModelCatalog refreshedFrom(PriceSource source) {
    Map<String, CatalogEntry> refreshed = new LinkedHashMap<>();
    entries.forEach(entry -> refreshed.put(entry.key(), entry));
    LocalDate today = LocalDate.ofInstant(pricing.now().at(), ZoneOffset.UTC);
    for (Model newer : source.models()) {
      CatalogEntry entry = CatalogEntry.of(newer);
      CatalogEntry here = refreshed.get(entry.key());
      refreshed.put(
          entry.key(),
          here == null ? entry : CatalogEntry.of(repriced(here.model(), newer, today)));
    }
    return of(List.copyOf(refreshed.values()), pricing, counters);
  }

  /**
   * This catalog with another name for a model, such as that of a deployment: {@code
   * withDeployment("azure/our-chat", "gpt-5-mini")}.
   *
   * @param name {@code provider/id}, or an id of the same provider
   * @throws UnknownModelException if there is no such model
   */
  public ModelCatalog withDeployment(String name, String of) {
    Model model = require(of);
    int slash = name.indexOf('/');
    String provider = slash < 0 ? model.provider() : name.substring(0, slash);
    return with(model.named(provider, name.substring(slash + 1)));
  }

  /** The same catalog, whose pricing takes the time of calls from this clock unless told. */
  public ModelCatalog at(InstantSource clock) {
    return new ModelCatalog(entries, names, new Pricing(clock), counters);
  }

  /**
   * This catalog with counters of one's own, which are asked before those it has already, before
   * those that {@link java.util.ServiceLoader} finds, and before the built-in ones.
   */
  public ModelCatalog withTokenCounters(TokenCounterProvider provider) {
    return new ModelCatalog(
        entries,
        names,
        pricing,
        model -> provider.counterFor(model).or(() -> counters.counterFor(model)));
  }

  /**
   * The model of this name.
   *
   * @throws UnknownModelException if there is none, with up to three names that were perhaps meant;
   *     or if there are several, naming them
   */
  public Model require(String name) {
    List<CatalogEntry> found = names.lookUp(name);
    if (found.size() == 1) {
      return found.get(0).model();
    }
    throw names.unknown(name, found);
  }

  /** The model of this name; empty when there is none, and when there are several. */
  public Optional<Model> find(String name) {
    List<CatalogEntry> found = names.lookUp(name);
    return found.size() == 1 ? Optional.of(found.get(0).model()) : Optional.empty();
  }

  /**
   * The model that a provider means by this name; of a provider that serves others' models under
   * their names at their prices (Azure those of OpenAI), the others' model under its name.
   */
  public Optional<Model> find(String provider, String name) {
    return Optional.ofNullable(names.find(provider, name));
  }

  /** All models, in the order in which they were given. */
  public List<Model> models() {
    return entries.stream().map(CatalogEntry::model).toList();
  }

  /** All models of a provider, by any of its names; none where it has none here. */
  public List<Model> models(String provider) {
    String canonical = Providers.canonical(provider);
    return entries.stream()
        .filter(entry -> Providers.canonical(entry.provider()).equals(canonical))
        .map(CatalogEntry::model)
        .toList();
  }

  /** What usage costs. */
  public Pricing pricing() {
    return pricing;
  }

  /**
   * What a call costs, from what its response says. The model and the tier that served count, not
   * those that were asked for: these are used where the response is silent. What was sent in a
   * batch is priced as one.
   *
   * @param provider who answered, as in {@code openai}
   * @param requestedModel the model that was asked for; empty when that is not known
   * @param report what {@link UsageReader} read
   * @param requested when the call was made and which terms were asked for
   */
  public PricedCall price(
      String provider, Optional<String> requestedModel, UsageReport report, CallTerms requested) {
    CallTerms served = requested;
    // A batch is a way of sending, not a tier that can be refused: in it OpenAI answers "default".
    if (report.tier().isPresent() && !requested.tier().equals(CallTerms.BATCH)) {
      served = served.tier(report.tier().get());
    }
    if (report.region().isPresent()) {
      served = served.region(report.region().get());
    }
    Optional<Model> byAnswer = report.servedModel().flatMap(name -> find(provider, name));
    Optional<Model> model = byAnswer.or(() -> requestedModel.flatMap(name -> find(provider, name)));
    boolean guessed = byAnswer.isEmpty() && report.servedModel().isPresent();
    Cost cost =
        model.isEmpty()
            ? Cost.unknown(noModel(provider, report.servedModel().or(() -> requestedModel)))
            : pricing.cost(
                model.get(),
                report.usage(),
                served,
                guessed ? Certainty.ESTIMATED : Certainty.EXACT);
    List<PricedCall> iterations = new ArrayList<>();
    for (UsageReport iteration : report.iterations()) {
      iterations.add(price(provider, report.servedModel(), iteration, served));
    }
    return new PricedCall(model, report.usage(), cost, report.vendorCost(), iterations);
  }

  /**
   * What counts the tokens of this model, which need not be of this catalog: a provider's counter,
   * see {@link #withTokenCounters}, or else the built-in one of its tokenizer.
   *
   * @throws java.util.ServiceConfigurationError if an installed provider can't be loaded
   */
  public TokenCounter tokens(Model model) {
    return counters.counterFor(model).orElseGet(() -> TokenCounter.of(model.tokenizer()));
  }

  private static Model repriced(Model here, Model newer, LocalDate today) {
    if (newer.prices().isEmpty()) {
      return here;
    }
    Prices prices = newer.prices().get();
    return here.withPrices(
        Optional.of(here.prices().map(known -> known.replacedBy(prices, today)).orElse(prices)));
  }

  private static ModelCatalog ofEntries(List<CatalogEntry> entries) {
    return of(entries, usualPricing(), new InstalledTokenCounters());
  }

  private static ModelCatalog of(
      List<CatalogEntry> entries, Pricing pricing, TokenCounterProvider counters) {
    Map<String, CatalogEntry> kept = new LinkedHashMap<>();
    for (CatalogEntry entry : entries) {
      kept.remove(entry.key());
      kept.put(entry.key(), entry);
    }
    List<CatalogEntry> unique = List.copyOf(kept.values());
    return new ModelCatalog(unique, ModelNames.of(unique), pricing, counters);
  }

  private static Pricing usualPricing() {
    return new Pricing(InstantSource.system());
  }

  private static String noModel(String provider, Optional<String> name) {
    return name.isEmpty()
        ? "the response of %s does not say which model answered".formatted(provider)
        : "no model of %s is called %s".formatted(provider, name.get());
  }

  /** Loaded when first asked for, by the rules of class initialization. */
  private static final class Bundled {
    private static final ModelCatalog CATALOG = ofEntries(BundledModels.entries());
  }
}
