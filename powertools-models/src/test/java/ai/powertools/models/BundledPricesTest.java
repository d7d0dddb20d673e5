package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bundled price against three public price maps, of which two must say the same. */
class BundledPricesTest {
  private static final List<String> FIELDS =
      List.of(
          "input",
          "cachedInput",
          "cacheWrite",
          "output",
          "aboveInputTokens",
          "long.input",
          "long.cachedInput",
          "long.cacheWrite",
          "long.output");

  private static PriceSources sources;

  @BeforeEach
  void readTheSources() {
    if (sources == null) {
      sources = new PriceSources();
    }
  }

  static List<Model> models() {
    return ModelCatalog.bundled().models();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyPriceIsThatOfAtLeastTwoSources(Model model) {
    Map<String, BigDecimal> ours = fields(model.prices().orElseThrow());
    Map<String, Map<String, BigDecimal>> theirs = sources.of(model);

    for (String field : FIELDS) {
      BigDecimal price = ours.get(field);
      if (price != null) {
        assertThat(saying(theirs, field, price))
            .as("%s of %s is %s; sources: %s", field, model.id(), price, theirs)
            .hasSizeGreaterThanOrEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void noPriceIsLeftOutThatTwoSourcesAgreeOn(Model model) {
    Map<String, BigDecimal> ours = fields(model.prices().orElseThrow());
    Map<String, Map<String, BigDecimal>> theirs = sources.of(model);

    for (String field : FIELDS) {
      if (!ours.containsKey(field)) {
        for (Map<String, BigDecimal> source : theirs.values()) {
          BigDecimal price = source.get(field);
          if (price != null && price.signum() != 0) {
            assertThat(saying(theirs, field, price))
                .as("%s of %s; sources: %s", field, model.id(), theirs)
                .hasSizeLessThan(2);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyLimitIsThatOfASource(Model model) {
    assertThat(sources.contexts(model)).as(model.id()).contains(model.contextTokens());
    assertThat(sources.outputs(model)).as(model.id()).contains(model.maxOutputTokens());
  }

  @ParameterizedTest
  @MethodSource("models")
  void isDatedByTheNewestSourceThatAgreesAndNamesTheVendorsPage(Model model) {
    Prices prices = model.prices().orElseThrow();
    Map<String, Map<String, BigDecimal>> theirs = sources.of(model);

    LocalDate newest =
        theirs.entrySet().stream()
            .filter(s -> same(s.getValue().get("input"), prices.inputPerMillion()))
            .filter(s -> same(s.getValue().get("output"), prices.outputPerMillion()))
            .map(s -> PriceSources.DATES.get(s.getKey()))
            .filter(Objects::nonNull)
            .max(LocalDate::compareTo)
            .orElseThrow();

    assertThat(model.asOf()).isEqualTo(newest);
    assertThat(sources.pricingUrls(model.provider())).contains(model.source().toString());
  }

  @ParameterizedTest
  @MethodSource("models")
  void noPriceIsKnownToChangeAfterItsDate(Model model) {
    assertThat(sources.changes(model))
        .allSatisfy(day -> assertThat(day).isBeforeOrEqualTo(model.asOf()));
  }

  @Test
  void aDatedSnapshotCostsWhatTheModelItIsFoundAsCosts() {
    int snapshots = 0;
    for (String provider : models().stream().map(Model::provider).distinct().toList()) {
      for (String id : sources.litellmIds(provider)) {
        Model found = ModelCatalog.bundled().find(provider + "/" + id).orElse(null);
        if (found != null && !found.id().equals(id)) {
          snapshots++;
          Map<String, BigDecimal> theirs =
              sources.litellm(sources.litellmKey(provider, id)).orElseThrow();
          Prices prices = found.prices().orElseThrow();
          assertThat(same(theirs.get("input"), prices.inputPerMillion())).as(id).isTrue();
          assertThat(same(theirs.get("output"), prices.outputPerMillion())).as(id).isTrue();
        }
      }
    }
    assertThat(snapshots).isGreaterThanOrEqualTo(10);
  }

  private static List<String> saying(
      Map<String, Map<String, BigDecimal>> theirs, String field, BigDecimal price) {
    return theirs.entrySet().stream()
        .filter(s -> s.getValue().get(field) != null)
        .filter(s -> s.getValue().get(field).compareTo(price) == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean same(BigDecimal theirs, Usd ours) {
    return theirs != null && theirs.compareTo(ours.toBigDecimal()) == 0;
  }

  private static Map<String, BigDecimal> fields(Prices prices) {
    Map<String, BigDecimal> fields = new LinkedHashMap<>();
    put(fields, "", prices);
    prices
        .longContext()
        .ifPresent(
            tier -> {
              fields.put("aboveInputTokens", BigDecimal.valueOf(tier.aboveInputTokens()));
              put(fields, "long.", tier.prices());
            });
    return fields;
  }

  private static void put(Map<String, BigDecimal> fields, String prefix, Prices prices) {
    fields.put(prefix + "input", prices.inputPerMillion().toBigDecimal());
    fields.put(prefix + "output", prices.outputPerMillion().toBigDecimal());
    prices
        .cachedInputPerMillion()
        .ifPresent(rate -> fields.put(prefix + "cachedInput", rate.toBigDecimal()));
    prices
        .cacheWritePerMillion()
        .ifPresent(rate -> fields.put(prefix + "cacheWrite", rate.toBigDecimal()));
  }
}
