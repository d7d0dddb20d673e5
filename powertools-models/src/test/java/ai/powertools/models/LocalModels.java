package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Well-known models with open weights, as Ollama names them: on one's own machine they cost $0. */
final class LocalModels {
  /** Ollama's name, other names of it, and the row of models.dev that has its facts. */
  private static final List<String> ROWS =
      List.of(
          "devstral-small-2:24b devstral-small-2 ollama-cloud|devstral-small-2:24b",
          "gemma3:4b gemma3 ollama-cloud|gemma3:4b",
          "gemma3:12b - ollama-cloud|gemma3:12b",
          "gemma3:27b - ollama-cloud|gemma3:27b",
          "gemma4:26b - google|gemma-4-26b-a4b-it",
          "gemma4:31b - ollama-cloud|gemma4:31b",
          "gpt-oss:20b - ollama-cloud|gpt-oss:20b",
          "gpt-oss:120b - ollama-cloud|gpt-oss:120b",
          "llama3:8b llama3 openrouter|meta-llama/llama-3-8b-instruct",
          "llama3.1:8b llama3.1 openrouter|meta-llama/llama-3.1-8b-instruct",
          "llama3.1:70b - openrouter|meta-llama/llama-3.1-70b-instruct",
          "llama3.2:1b - nvidia|meta/llama-3.2-1b-instruct",
          "llama3.2:3b llama3.2 openrouter|meta-llama/llama-3.2-3b-instruct:free",
          "llama3.3:70b llama3.3 openrouter|meta-llama/llama-3.3-70b-instruct",
          "ministral-3:3b - ollama-cloud|ministral-3:3b",
          "ministral-3:8b - ollama-cloud|ministral-3:8b",
          "ministral-3:14b - ollama-cloud|ministral-3:14b",
          "mistral-nemo:12b - openrouter|mistralai/mistral-nemo",
          "mistral-small3.2:24b - openrouter|mistralai/mistral-small-3.2-24b-instruct",
          "mixtral:8x22b - openrouter|mistralai/mixtral-8x22b-instruct",
          "nemotron-3-nano:30b - ollama-cloud|nemotron-3-nano:30b",
          "phi4:14b phi4 openrouter|microsoft/phi-4",
          "qwen2.5:7b - openrouter|qwen/qwen-2.5-7b-instruct",
          "qwen2.5-coder:32b - openrouter|qwen/qwen-2.5-coder-32b-instruct",
          "qwen3:8b - openrouter|qwen/qwen3-8b",
          "qwen3:14b - openrouter|qwen/qwen3-14b",
          "qwen3:32b - openrouter|qwen/qwen3-32b",
          "qwen3-coder:30b - lmstudio|qwen/qwen3-coder-30b",
          "qwen3.5:9b - openrouter|qwen/qwen3.5-9b",
          "qwen3.5:27b - openrouter|qwen/qwen3.5-27b",
          "qwen3.6:27b - openrouter|qwen/qwen3.6-27b");

  private LocalModels() {}

  static List<Model> all(Map<String, Map<String, Quote>> modelsDev) {
    List<Model> models = new ArrayList<>();
    for (String row : ROWS) {
      String[] words = row.split(" ", -1);
      String[] facts = words[2].split("\\|", -1);
      Quote quote = modelsDev.get(facts[0]).get(facts[1]);
      long context = quote.limit("limit.context");
      Traits traits = quote.model().traits();
      String tokenizerOf = words[0].startsWith("gpt-oss") ? "gpt-oss" : words[0];
      models.add(
          Model.builder("ollama", words[0])
              .name(quote.model().name().replaceAll("(?i)\\s*\\(?free\\)?$|^.*: ", ""))
              .limits(context, context)
              .tokenizer(CatalogFacts.tokenizer(tokenizerOf))
              .aliases(words[1].equals("-") ? new String[0] : new String[] {words[1]})
              .prices(Prices.FREE)
              .traits(
                  new Traits(
                      traits.reads(),
                      traits.writes(),
                      withoutCaching(traits),
                      traits.released(),
                      traits.retired(),
                      List.of()))
              .from(
                  CatalogSource.MODELS_DEV.date(),
                  URI.create("https://ollama.com/library/" + words[0].split(":", -1)[0]))
              .build());
    }
    return models;
  }

  /** What costs nothing is not cheaper from a cache. */
  private static Set<Ability> withoutCaching(Traits traits) {
    Set<Ability> abilities = new TreeSet<>(traits.abilities());
    abilities.remove(Ability.CACHING);
    return abilities;
  }
}
