package ai.powertools.models;

import ai.powertools.models.Quotes.UnitAt;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A row of the catalog in the making, which may yet get other names. */
final class Draft {
  final Model facts;
  final PriceVote vote;
  final PriceTiers tiers;
  final Set<String> aliases = new TreeSet<>();
  private final LocalDate asOf;
  private Optional<Prices> prices;
  private Optional<LocalDate> retired;

  Draft(Model facts, Optional<Prices> prices, LocalDate asOf, PriceVote vote, PriceTiers tiers) {
    this.facts = facts;
    this.prices = prices;
    this.asOf = asOf;
    this.vote = vote;
    this.tiers = tiers;
    this.retired = facts.traits().retired();
  }

  /** Whether what both charge for costs the same, and as much of it is priced at all. */
  boolean costsAs(Draft other) {
    Map<UnitAt, BigDecimal> here = vote.chosen();
    Map<UnitAt, BigDecimal> there = other.vote.chosen();
    return here.isEmpty() == there.isEmpty()
        && (here.isEmpty() || Quotes.agree(here, there, here.keySet()));
  }

  /** Whether this may be another name of the other: some source has it at the other's prices. */
  boolean mayBe(Draft other) {
    return costsAs(other) || vote.hasQuoteOf(other.vote);
  }

  /** Takes over what is known of a snapshot of the model, which is found without a name. */
  void absorb(Draft other) {
    aliases.addAll(other.aliases);
    retired = retired.isPresent() ? retired : other.retired;
  }

  /** Takes another name. */
  void alsoCalled(Draft other) {
    aliases.add(other.facts.id());
    aliases.addAll(other.aliases);
  }

  void factors(Map<String, BigDecimal> regions) {
    prices =
        prices.map(
            some -> new Prices(some.rows().stream().map(row -> row.regions(regions)).toList()));
  }

  Optional<Prices> prices() {
    return prices;
  }

  Model model() {
    Traits old = facts.traits();
    Traits traits =
        new Traits(
            old.reads(), old.writes(), old.abilities(), old.released(), retired, old.scores());
    Model.Builder model =
        Model.builder(facts.provider(), facts.id())
            .name(facts.name())
            .limits(facts.contextTokens(), facts.maxOutputTokens())
            .tokenizer(facts.tokenizer())
            .aliases(aliases.toArray(String[]::new))
            .traits(traits)
            .from(asOf, facts.source());
    prices.ifPresent(model::prices);
    return model.build();
  }
}
