package ai.powertools.models;

import ai.powertools.models.CatalogSource.Quote;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is known about a model beside its prices, from the best source for each fact. */
final class CatalogFacts {
  private static final List<CatalogSource> BEST_FIRST =
      List.of(CatalogSource.MODELS_DEV, CatalogSource.LITELLM, CatalogSource.GENAI);

  /** What {@link Model#builder} has for a model whose limits nobody states. */
  static final long USUAL_CONTEXT = 8_192;

  private static final long USUAL_OUTPUT = 4_096;

  /** Families by a part of the name, beside those that the importers know. */
  private static final Map<String, Tokenizer> FAMILIES =
      Map.of(
          "qvq", Tokenizer.QWEN,
          "command-", Tokenizer.COHERE,
          "glm-", Tokenizer.GLM,
          "nova-", Tokenizer.NOVA,
          "kimi-", Tokenizer.KIMI,
          "minimax-", Tokenizer.MINIMAX);

  private final CatalogCandidate candidate;

  CatalogFacts(CatalogCandidate candidate) {
    this.candidate = candidate;
  }

  /** A model without prices, aliases and date. */
  Model model(List<Score> scores) {
    long output = limit("limit.output", "max_output_tokens");
    long context = limit("limit.context", "max_input_tokens", "context_window", "max_tokens");
    long most = context > 0 ? context : Math.max(USUAL_CONTEXT, output);
    return Model.builder(candidate.provider().name(), candidate.id())
        .name(name())
        .limits(most, Math.min(most, output > 0 ? output : USUAL_OUTPUT))
        .tokenizer(tokenizer(candidate.id()))
        .traits(traits(scores))
        .from(LocalDate.EPOCH, candidate.provider().pricing())
        .build();
  }

  static Tokenizer tokenizer(String id) {
    String name = id.toLowerCase(Locale.ROOT);
    if (name.contains("davinci-002") || name.contains("babbage-002")) {
      return Tokenizer.CL100K_BASE;
    }
    for (Map.Entry<String, Tokenizer> family : FAMILIES.entrySet()) {
      if (name.contains(family.getKey())) {
        return family.getValue();
      }
    }
    boolean noText =
        name.matches(".*(whisper|tts|sora|imagen|veo|lyria|rerank|orpheus|llama-prompt-guard).*");
    return noText && !name.contains("gpt") && !name.contains("gemini")
        ? Tokenizer.OTHER
        : Imports.tokenizer(name);
  }

  private String name() {
    Optional<String> name = candidate.quote(CatalogSource.MODELS_DEV).map(q -> q.model().name());
    return name.or(
            () ->
                candidate
                    .quote(CatalogSource.GENAI)
                    .map(Quote::model)
                    .filter(model -> model.id().equals(candidate.id()))
                    .map(Model::name)
                    .filter(text -> Character.isUpperCase(text.charAt(0))))
        .map(text -> candidate.id().endsWith("latest") ? text : text.replace(" (latest)", ""))
        .orElse(candidate.id());
  }

  private long limit(String... paths) {
    for (CatalogSource source : BEST_FIRST) {
      long limit = candidate.quote(source).map(quote -> quote.limit(paths)).orElse(0L);
      if (limit > 0) {
        return limit;
      }
    }
    return 0;
  }

  private Traits traits(List<Score> scores) {
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    for (CatalogSource source : BEST_FIRST) {
      candidate
          .quote(source)
          .ifPresent(quote -> abilities.addAll(quote.model().traits().abilities()));
    }
    Set<Modality> reads = EnumSet.copyOf(modalities(Traits::reads));
    Set<Modality> writes = EnumSet.copyOf(modalities(Traits::writes));
    boolean embeds = abilities.contains(Ability.EMBEDDING) || candidate.id().contains("embed");
    boolean ranks = candidate.id().contains("rerank");
    if (embeds) {
      abilities.add(Ability.EMBEDDING);
    }
    boolean transcribes = candidate.id().matches(".*(transcribe|whisper|asr).*");
    if (embeds || ranks || transcribes || !writes.contains(Modality.TEXT)) {
      abilities.removeAll(Set.of(Ability.STREAMING, Ability.TOOLS));
    }
    if (transcribes) {
      reads.add(Modality.AUDIO);
    }
    return new Traits(
        reads, writes, abilities, released(), CatalogScope.retired(candidate), scores);
  }

  private Optional<LocalDate> released() {
    return candidate
        .quote(CatalogSource.MODELS_DEV)
        .flatMap(quote -> quote.model().traits().released());
  }

  private Set<Modality> modalities(Function<Traits, Set<Modality>> which) {
    for (CatalogSource source : List.of(CatalogSource.MODELS_DEV, CatalogSource.LITELLM)) {
      Optional<Quote> quote = candidate.quote(source);
      if (quote.isPresent()) {
        return which.apply(quote.get().model().traits());
      }
    }
    return Set.of(Modality.TEXT);
  }
}
