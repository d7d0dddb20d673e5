package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import ai.powertools.models.Quotes.UnitAt;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amazon's names of one model by where it may run: before the plain one stands a part of the world.
 * Those at the same prices become one row, the plain one where there is one.
 */
final class RegionalNames {
  private static final Pattern WHERE =
      Pattern.compile("(?:us|eu|apac|au|jp|global|us-gov|ca)\\.(.+)");
  private static final Pattern REGION = Pattern.compile("([a-z]{2}-[a-z]+-\\d)/([^/]+)");

  private RegionalNames() {}

  static void fold(Map<String, Draft> drafts, Map<String, Quote> liteLlm) {
    Map<String, List<Draft>> families = new TreeMap<>();
    drafts.forEach(
        (id, draft) -> {
          Matcher where = WHERE.matcher(id);
          String plain = where.matches() ? where.group(1) : id;
          List<Draft> family = families.computeIfAbsent(plain, none -> new ArrayList<>());
          family.add(id.equals(plain) ? 0 : family.size(), draft);
        });
    for (List<Draft> family : families.values()) {
      List<Draft> kept = new ArrayList<>();
      for (Draft draft : family) {
        Draft same = kept.stream().filter(draft::costsAs).findFirst().orElse(null);
        if (same == null) {
          kept.add(draft);
        } else {
          same.alsoCalled(draft);
          drafts.remove(draft.facts.id());
        }
      }
    }
    factors(liteLlm)
        .forEach(
            (id, quotes) -> {
              Draft draft = drafts.get(id);
              if (draft != null) {
                Map<String, BigDecimal> factors = new TreeMap<>();
                quotes.forEach((region, prices) -> factor(draft, region, prices, factors));
                if (!factors.isEmpty()) {
                  draft.factors(factors);
                }
              }
            });
  }

  /** By plain id and region, the prices there. */
  private static Map<String, Map<String, Map<UnitAt, BigDecimal>>> factors(
      Map<String, Quote> liteLlm) {
    Map<String, Map<String, Map<UnitAt, BigDecimal>>> all = new LinkedHashMap<>();
    liteLlm.forEach(
        (name, quote) -> {
          Matcher region = REGION.matcher(name);
          if (region.matches()) {
            Quotes.standard(quote)
                .ifPresent(
                    row ->
                        all.computeIfAbsent(region.group(2), none -> new TreeMap<>())
                            .put(region.group(1), Quotes.prices(row.rates())));
          }
        });
    return all;
  }

  /** Puts how many times as much a region costs, when that is one number, and not 1. */
  private static void factor(
      Draft draft, String region, Map<UnitAt, BigDecimal> prices, Map<String, BigDecimal> factors) {
    BigDecimal only = null;
    for (Map.Entry<UnitAt, BigDecimal> price : draft.vote.chosen().entrySet()) {
      BigDecimal there = prices.get(price.getKey());
      if (there == null || price.getValue().signum() == 0) {
        continue;
      }
      BigDecimal factor = there.divide(price.getValue(), new MathContext(3)).stripTrailingZeros();
      if (only != null && only.compareTo(factor) != 0) {
        return;
      }
      only = factor;
    }
    if (only != null && only.compareTo(BigDecimal.ONE) != 0) {
      factors.put(region, only);
    }
  }
}
