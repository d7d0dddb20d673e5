package ai.powertools.models;

import ai.powertools.models.PriceVote.Disagreement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@code docs/prices.md}: the rule, the counts, and what the sources disagree about. */
final class CatalogReport {
  private static final String RULE =
      """
      # Where the bundled prices come from

      `powertools-models` ships `models.json`: the models of %d providers, what they cost, and what \
      they can do. The file is generated, together with this page, from three public price maps; \
      no price in either is written by hand. To make both again, from the root of the project, with \
      the maps under `$POWERTOOLS_DATA/prices`:

      ```
      mvn -pl powertools-models test -Dtest=BundledCatalogTest -Dcatalog.write=true
      ```

      | source | file | date |
      |---|---|---|
      | LiteLLM's price map | `litellm-2026-08-01.json` | 2026-08-01 |
      | pydantic's genai-prices | `genai-prices-v2.json` | none; counts after LiteLLM |
      | models.dev | `models-dev-2026-07-02.json` | 2026-07-02 |

      A price that a contract, a country or a promotion changes is not in it. Put your own rows over \
      the bundled ones with `ModelCatalog.with(…)`, or refresh them with `refreshedFrom(…)`.

      ## The rule

      1. **Input and output.** The standard price is what most sources say; when all differ, what the \
      newest says, in the order of the table above. A name that moves on from model to model \
      (`…-latest`) has the price of the newest source that knows it.
      2. **Everything else** (cached input, sound, images, searches, long inputs): the same, but only \
      among the sources that have the chosen prices of input and output.
      3. **Zero** is a price only when two sources say so or the name ends in `:free`, and for the \
      output of embeddings and rerankers, which have none. Elsewhere a zero is where a map had nothing \
      to write, and the price is unknown.
      4. **Service tiers** (batch, flex, priority, fast) **and regional factors** come from LiteLLM, \
      where its standard price is the chosen one. What a tier has no price of its own for costs what it \
      costs at standard terms, cached input at most as much as input, and a longer input never less \
      than a shorter. A priority tier that is not dearer than standard, and a batch or flex tier that \
      is not cheaper, is left out. Anthropic's batches are in no source; they cost half of all token \
      prices, as its page on \
      [batch processing](https://platform.claude.com/docs/en/build-with-claude/batch-processing) says.
      5. **Dates.** Where genai-prices has the chosen price, its former and future prices are rows of \
      their own with `from`. A tier's row ends where the standard price is known to change.
      6. **`asOf`** is 2026-08-01 when LiteLLM has the chosen prices, else 2026-07-02.
      7. **Left out**: fine-tuned models, those that the sources or their vendors had ended by \
      2026-08-01, prices by size of image, provisioned throughput, and dated snapshots that cost what \
      the undated name costs, by which the catalog finds them. Of OpenRouter's models those of the \
      larger makers are kept. Amazon's regional names are aliases where the price is the same. Which names \
      have ended or mean the same model is listed in `CatalogScope`.
      8. **Facts**: limits, modalities and dates from models.dev, else LiteLLM, else genai-prices; \
      abilities from all of them. A model without limits in any source (images, speech) has 8,192 and \
      4,096 tokens. Scores are the published results in models.dev's catalog, at most four a model, \
      each with its address.
      9. **Local models** (`ollama`) cost exactly $0 in any tier.

      """;

  private CatalogReport() {}

  static String of(CatalogGenerator.Catalog catalog) {
    StringBuilder page = new StringBuilder();
    Map<String, List<Model>> providers =
        catalog.models().stream()
            .collect(Collectors.groupingBy(Model::provider, TreeMap::new, Collectors.toList()));
    page.append(RULE.formatted(providers.size()));
    counts(page, providers, catalog);
    disagreements(page, catalog);
    return page.toString();
  }

  private static void counts(
      StringBuilder page, Map<String, List<Model>> providers, CatalogGenerator.Catalog catalog) {
    page.append("## What is in it\n\n");
    page.append("| provider | models | with prices | with tiers | disagreements |\n");
    page.append("|---|--:|--:|--:|--:|\n");
    providers.forEach(
        (provider, models) ->
            row(
                page,
                provider,
                models.size(),
                models.stream().filter(model -> model.prices().isPresent()).count(),
                models.stream().filter(CatalogReport::hasTiers).count(),
                byModel(catalog).keySet().stream()
                    .filter(m -> m.startsWith(provider + "/"))
                    .count()));
    List<Model> all = catalog.models();
    row(
        page,
        "all",
        all.size(),
        all.stream().filter(model -> model.prices().isPresent()).count(),
        all.stream().filter(CatalogReport::hasTiers).count(),
        byModel(catalog).size());
  }

  private static boolean hasTiers(Model model) {
    return model.prices().map(prices -> prices.tiers().size() > 1).orElse(false);
  }

  private static void disagreements(StringBuilder page, CatalogGenerator.Catalog catalog) {
    page.append("\n## Where the sources disagree\n\n");
    page.append(
        "Dollars per million tokens, or per thousand, hour and so on of what is no token; ");
    page.append("`long_context` tells from which length on prices are others. ");
    page.append("L is LiteLLM, G genai-prices, M models.dev; the chosen value is in bold.\n\n");
    page.append("| model | what they say | why |\n|---|---|---|\n");
    byModel(catalog)
        .forEach(
            (model, list) ->
                row(
                    page,
                    "`" + model + "`",
                    list.stream().map(CatalogReport::said).collect(Collectors.joining("; ")),
                    list.stream()
                        .map(Disagreement::why)
                        .distinct()
                        .collect(Collectors.joining(", "))));
    page.append("\nPrices that were left out:\n\n");
    catalog.dropped().forEach(line -> page.append("- ").append(line).append(".\n"));
  }

  private static String said(Disagreement disagreement) {
    List<String> parts = new ArrayList<>();
    disagreement
        .said()
        .forEach(
            (source, text) ->
                parts.add(
                    source.title().substring(0, 1).toUpperCase(Locale.ROOT)
                        + " "
                        + (text.equals(disagreement.chosen()) ? "**" + text + "**" : text)));
    return disagreement.what().replace("_tokens", "") + " " + String.join(" · ", parts);
  }

  private static Map<String, List<Disagreement>> byModel(CatalogGenerator.Catalog catalog) {
    return catalog.disagreements().stream()
        .collect(
            Collectors.groupingBy(Disagreement::model, LinkedHashMap::new, Collectors.toList()));
  }

  private static void row(StringBuilder page, Object... cells) {
    for (Object cell : cells) {
      page.append("| ").append(cell).append(' ');
    }
    page.append("|\n");
  }
}
