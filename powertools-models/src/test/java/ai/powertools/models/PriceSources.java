package ai.powertools.models;

import static ai.powertools.models.SharedData.object;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What three public price maps say about a model, in dollars per million tokens, by field. */
final class PriceSources {
  static final String GENAI = "genai-prices";
  static final String LITELLM = "LiteLLM";
  static final String MODELS_DEV = "models.dev";

  /** The dates in the names of the files; genai-prices has none. */
  static final Map<String, LocalDate> DATES =
      Map.of(LITELLM, LocalDate.of(2026, 8, 1), MODELS_DEV, LocalDate.of(2026, 7, 2));

  private static final Pattern ABOVE = Pattern.compile("(.+)_above_(\\d+)k_tokens");
  private static final Map<String, String> LITELLM_FIELDS =
      Map.of(
          "input_cost_per_token", "input",
          "cache_read_input_token_cost", "cachedInput",
          "cache_creation_input_token_cost", "cacheWrite",
          "output_cost_per_token", "output");
  private static final Map<String, String> GENAI_FIELDS =
      Map.of(
          "input_mtok", "input",
          "cache_read_mtok", "cachedInput",
          "cache_write_mtok", "cacheWrite",
          "output_mtok", "output");
  private static final Map<String, String> MODELS_DEV_FIELDS =
      Map.of(
          "input", "input",
          "cache_read", "cachedInput",
          "cache_write", "cacheWrite",
          "output", "output");

  private final Map<String, Object> litellm =
      object(SharedData.json("prices/litellm-2026-08-01.json"));
  private final Map<String, Object> modelsDevFile =
      object(SharedData.json("prices/models-dev-2026-07-02.json"));
  private final Map<String, Object> modelsDev = object(modelsDevFile.get("providers"));
  private final Map<String, Object> modelsDevCards = object(modelsDevFile.get("models"));
  private final List<?> genai = (List<?>) SharedData.json("prices/genai-prices-v2.json");

  /** By source, what it says; without the sources that do not know the model. */
  Map<String, Map<String, BigDecimal>> of(Model model) {
    Map<String, Map<String, BigDecimal>> all = new LinkedHashMap<>();
    for (Map<String, Object> entry : genaiEntries(model)) {
      all.put(GENAI, genaiPrices(object(entry.get("prices"))));
    }
    litellm(litellmKey(model.provider(), model.id())).ifPresent(p -> all.put(LITELLM, p));
    modelsDev(model).ifPresent(p -> all.put(MODELS_DEV, p));
    return all;
  }

  /** The days on which the prices of the model change, as far as genai-prices knows them. */
  List<LocalDate> changes(Model model) {
    List<LocalDate> days = new ArrayList<>();
    for (Map<String, Object> entry : genaiEntries(model)) {
      if (entry.get("constraint") != null) {
        days.add(LocalDate.parse((String) object(entry.get("constraint")).get("start_date")));
      }
    }
    return days;
  }

  List<String> pricingUrls(String provider) {
    return ((List<?>) genaiProvider(provider).get("pricing_urls"))
        .stream().map(String::valueOf).toList();
  }

  /** What the sources say is the longest context, whether or not they count the output in it. */
  Set<Long> contexts(Model model) {
    Set<Long> limits = new TreeSet<>();
    add(limits, litellmRow(model).get("max_input_tokens"));
    add(limits, modelsDevLimits(model).get("context"));
    genaiModel(model).ifPresent(row -> add(limits, row.get("context_window")));
    return limits;
  }

  /** What the sources say is the longest answer. */
  Set<Long> outputs(Model model) {
    Set<Long> limits = new TreeSet<>();
    add(limits, litellmRow(model).get("max_output_tokens"));
    add(limits, modelsDevLimits(model).get("output"));
    return limits;
  }

  /** LiteLLM's names of what this provider serves for chat, without its prefix. */
  List<String> litellmIds(String provider) {
    List<String> ids = new ArrayList<>();
    for (Map.Entry<String, Object> row : litellm.entrySet()) {
      Map<String, Object> facts = object(row.getValue());
      String id = row.getKey().replaceFirst("^" + litellmProvider(provider) + "/", "");
      boolean chat = "chat".equals(facts.get("mode")) || "responses".equals(facts.get("mode"));
      if (chat && litellmProvider(provider).equals(facts.get("litellm_provider"))) {
        ids.add(id);
      }
    }
    return ids;
  }

  Optional<Map<String, BigDecimal>> litellm(String key) {
    if (litellm.get(key) == null) {
      return Optional.empty();
    }
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    object(litellm.get(key))
        .forEach(
            (name, value) -> {
              if (value instanceof BigDecimal perToken) {
                var above = ABOVE.matcher(name);
                String field = LITELLM_FIELDS.get(above.matches() ? above.group(1) : name);
                if (field != null) {
                  boolean tier = above.matches();
                  put(prices, tier ? "long." + field : field, perToken.movePointRight(6));
                  if (tier) {
                    put(prices, "aboveInputTokens", new BigDecimal(above.group(2) + "000"));
                  }
                }
              }
            });
    return Optional.of(prices);
  }

  String litellmKey(String provider, String id) {
    String prefixed = litellmProvider(provider) + "/" + id;
    return litellm.containsKey(prefixed) ? prefixed : id;
  }

  private Map<String, Object> litellmRow(Model model) {
    Object row = litellm.get(litellmKey(model.provider(), model.id()));
    return row == null ? Map.of() : object(row);
  }

  /** By the provider's own row, or else by the row that models.dev keeps for all providers. */
  private Map<String, Object> modelsDevLimits(Model model) {
    Object row = object(object(modelsDev.get(model.provider())).get("models")).get(model.id());
    Object limits = row == null ? null : object(row).get("limit");
    if (limits == null && modelsDevCards.get(model.qualifiedId()) != null) {
      limits = object(modelsDevCards.get(model.qualifiedId())).get("limit");
    }
    return limits == null ? Map.of() : object(limits);
  }

  private static void add(Set<Long> limits, Object limit) {
    if (limit instanceof BigDecimal number) {
      limits.add(number.longValueExact());
    }
  }

  private static String litellmProvider(String provider) {
    return provider.equals("google") ? "gemini" : provider;
  }

  private Optional<Map<String, BigDecimal>> modelsDev(Model model) {
    Object row = object(object(modelsDev.get(model.provider())).get("models")).get(model.id());
    if (row == null || object(row).get("cost") == null) {
      return Optional.empty();
    }
    Map<String, Object> cost = object(object(row).get("cost"));
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    MODELS_DEV_FIELDS.forEach((from, to) -> put(prices, to, cost.get(from)));
    if (cost.get("tiers") instanceof List<?> tiers) {
      Map<String, Object> tier = object(tiers.get(0));
      MODELS_DEV_FIELDS.forEach((from, to) -> put(prices, "long." + to, tier.get(from)));
      put(prices, "aboveInputTokens", object(tier.get("tier")).get("size"));
    }
    return Optional.of(prices);
  }

  private Map<String, BigDecimal> genaiPrices(Map<String, Object> from) {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    GENAI_FIELDS.forEach(
        (name, to) -> {
          if (from.get(name) instanceof Map<?, ?> tiered) {
            Map<String, Object> tier = object(((List<?>) tiered.get("tiers")).get(0));
            put(prices, to, tiered.get("base"));
            put(prices, "long." + to, tier.get("price"));
            put(prices, "aboveInputTokens", tier.get("start"));
          } else {
            put(prices, to, from.get(name));
          }
        });
    return prices;
  }

  /** The prices of the model that matches, oldest first; one entry when they never changed. */
  private List<Map<String, Object>> genaiEntries(Model model) {
    Object prices = genaiModel(model).map(row -> row.get("prices")).orElse(List.of());
    return prices instanceof List<?> list
        ? list.stream().map(SharedData::object).toList()
        : List.of(Map.of("prices", prices));
  }

  private Optional<Map<String, Object>> genaiModel(Model model) {
    return ((List<?>) genaiProvider(model.provider()).get("models"))
        .stream()
            .map(SharedData::object)
            .filter(row -> matches(object(row.get("match")), model.id()))
            .findFirst();
  }

  private Map<String, Object> genaiProvider(String provider) {
    String id = provider.equals("xai") ? "x-ai" : provider;
    return genai.stream()
        .map(SharedData::object)
        .filter(p -> id.equals(p.get("id")))
        .findFirst()
        .orElseThrow();
  }

  private static boolean matches(Map<String, Object> rule, String id) {
    Map.Entry<String, Object> only = rule.entrySet().iterator().next();
    return switch (only.getKey()) {
      case "or" -> ((List<?>) only.getValue()).stream().anyMatch(r -> matches(object(r), id));
      case "and" -> ((List<?>) only.getValue()).stream().allMatch(r -> matches(object(r), id));
      case "equals" -> id.equals(only.getValue());
      case "starts_with" -> id.startsWith((String) only.getValue());
      case "ends_with" -> id.endsWith((String) only.getValue());
      case "contains" -> id.contains((String) only.getValue());
      case "regex" -> Pattern.compile((String) only.getValue()).matcher(id).find();
      default -> throw new IllegalStateException("unknown rule " + rule);
    };
  }

  private static void put(Map<String, BigDecimal> prices, String field, Object value) {
    if (value instanceof BigDecimal number) {
      prices.put(field, number.stripTrailingZeros());
    }
  }
}
