package ai.powertools.models;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is known about one model of one provider, and where from.
 *
 * @param id the name that the provider's API takes, as in {@code gpt-5-mini}
 * @param provider who serves it: {@code openai}, {@code anthropic}, {@code google}, {@code
 *     mistral}, {@code deepseek}, {@code xai}, {@code groq}, {@code builtin}, {@code ollama} …
 * @param name for people
 * @param contextTokens the most tokens that input and output may have together
 * @param maxOutputTokens the most tokens that one answer may have
 * @param tokenizer how its tokens are counted
 * @param prices what it charges; empty when that is not known, which is not the same as free
 * @param aliases other names of it, and patterns of names: with {@code *} for any characters, or a
 *     regular expression between slashes
 * @param asOf the day on which the facts were true; {@link LocalDate#EPOCH} when they are not dated
 * @param source where the facts are published
 * @param traits what it reads, writes and can do, when it came and goes, how good it is
 */
public record Model(
    String id,
    String provider,
    String name,
    long contextTokens,
    long maxOutputTokens,
    Tokenizer tokenizer,
    Optional<Prices> prices,
    List<String> aliases,
    LocalDate asOf,
    URI source,
    Traits traits) {

  private static final URI UNPUBLISHED = URI.create("about:blank");

  /**
   * Refuses nonsense.
   *
   * @throws IllegalArgumentException if a name is blank or has white space at an end, or a limit is
   *     below 1, or an answer may be longer than the context
   */
  public Model {
    refuseBlank("id", id);
    refuseBlank("provider", provider);
    refuseBlank("name", name);
    aliases = List.copyOf(aliases);
    aliases.forEach(alias -> refuseBlank("alias", alias));
    if (maxOutputTokens < 1 || contextTokens < maxOutputTokens) {
      throw new IllegalArgumentException(
          "maxOutputTokens %d of %s/%s must be at least 1 and within contextTokens %d."
              .formatted(maxOutputTokens, provider, id, contextTokens));
    }
  }

  /** Starts a model of one's own; its prices are unknown until they are set. */
  public static Builder builder(String provider, String id) {
    return new Builder(provider, id);
  }

  /**
   * A model that runs on one's own machine or in the process: it costs exactly $0.
   *
   * <p>Tokens of provider {@code builtin} are words; of any other, the tokenizer is {@link
   * Tokenizer#OTHER}.
   */
  public static Model local(String provider, String id, long contextTokens) {
    return builder(provider, id)
        .limits(contextTokens, contextTokens)
        .tokenizer(provider.equals("builtin") ? Tokenizer.WORDS : Tokenizer.OTHER)
        .prices(Prices.FREE)
        .build();
  }

  /** Whether it is known to be able to do this. */
  public boolean can(Ability ability) {
    return traits.abilities().contains(ability);
  }

  /** The same under another name, without the names that it has here. */
  Model named(String otherProvider, String otherId) {
    return new Model(
        otherId,
        otherProvider,
        name,
        contextTokens,
        maxOutputTokens,
        tokenizer,
        prices,
        List.of(),
        asOf,
        source,
        traits);
  }

  /** The same with other prices, or none. */
  public Model withPrices(Optional<Prices> others) {
    return new Model(
        id,
        provider,
        name,
        contextTokens,
        maxOutputTokens,
        tokenizer,
        others,
        aliases,
        asOf,
        source,
        traits);
  }

  /** The name that is never ambiguous: {@code provider/id}. */
  public String qualifiedId() {
    return provider + "/" + id;
  }

  private static void refuseBlank(String what, String value) {
    if (value.isBlank() || !value.equals(value.strip())) {
      throw new IllegalArgumentException(
          "A model's "
              + what
              + " must not be blank or have white space around it: \""
              + value
              + "\".");
    }
  }

  /** Collects the facts of a model. Not thread-safe. */
  public static final class Builder {
    private final String provider;
    private final String id;
    private String name;
    private long contextTokens = 8_192;
    private long maxOutputTokens = 4_096;
    private Tokenizer tokenizer = Tokenizer.OTHER;
    private Optional<Prices> prices = Optional.empty();
    private List<String> aliases = List.of();
    private LocalDate asOf = LocalDate.EPOCH;
    private URI source = UNPUBLISHED;
    private Traits traits = Traits.TEXT_ONLY;

    private Builder(String provider, String id) {
      this.provider = provider;
      this.id = id;
      this.name = id;
    }

    /** The name for people; the id unless set. */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /**
     * The most tokens of input and output together, and of output alone; 8,192 and 4,096 unless
     * set.
     */
    public Builder limits(long contextTokens, long maxOutputTokens) {
      this.contextTokens = contextTokens;
      this.maxOutputTokens = maxOutputTokens;
      return this;
    }

    /** How its tokens are counted; {@link Tokenizer#OTHER} unless set. */
    public Builder tokenizer(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
      return this;
    }

    /** What it charges; unknown unless set. */
    public Builder prices(Prices prices) {
      this.prices = Optional.of(prices);
      return this;
    }

    /** Other names of it, or patterns of names, see {@link Model}; none unless set. */
    public Builder aliases(String... aliases) {
      this.aliases = List.of(aliases);
      return this;
    }

    /** What it reads, writes and can do; text in and out and nothing else unless set. */
    public Builder traits(Traits traits) {
      this.traits = traits;
      return this;
    }

    /** When the facts were true and where they are published; not dated and nowhere unless set. */
    public Builder from(LocalDate asOf, URI source) {
      this.asOf = asOf;
      this.source = source;
      return this;
    }

    /**
     * The model.
     *
     * @throws IllegalArgumentException see {@link Model}
     */
    public Model build() {
      return new Model(
          id,
          provider,
          name,
          contextTokens,
          maxOutputTokens,
          tokenizer,
          prices,
          aliases,
          asOf,
          source,
          traits);
    }
  }
}
