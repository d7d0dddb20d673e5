package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each provider outside of this machine lets through; each provider has its own count.
 * Immutable; each method gives another one.
 *
 * @param limits those of each provider that has none of its own
 * @param providers the limits of single providers, by {@linkplain
 *     ai.powertools.router.ChatProvider#name their names}, in the place of the others
 * @param longestWait a call that would have to wait longer goes to another model, or fails at once
 * @param learn whether a model gets less when its provider's answers say that there is less; what
 *     they say never adds to what is given here
 * @param adaptive whether a model gets less after its provider refused a call because of a limit,
 *     and gradually more again while calls go through: for a key that others use too, or limits
 *     that are only guessed
 */
public record LimitSettings(
    Limits limits,
    Map<String, Limits> providers,
    Duration longestWait,
    boolean learn,
    boolean adaptive) {
  /** No limits of ours; a provider's 429 still closes the way to its model for a while. */
  public static final LimitSettings NONE =
      new LimitSettings(Limits.none(), Map.of(), Duration.ofSeconds(30), true, false);

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if the longest wait is negative
   */
  public LimitSettings {
    if (longestWait.isNegative()) {
      throw new IllegalArgumentException(
          "A call cannot wait for " + longestWait + ": give zero or more.");
    }
    providers = Collections.unmodifiableMap(new TreeMap<>(providers));
  }

  /** These limits for each provider, learning, with a longest wait of 30 seconds. */
  public static LimitSettings of(Limits limits) {
    return NONE.limits(limits);
  }

  /** So many requests and tokens a minute. */
  public static LimitSettings perMinute(long requests, long tokens) {
    return of(Limits.perMinute(requests, tokens));
  }

  /** The same with other limits for each provider that has none of its own. */
  public LimitSettings limits(Limits limits) {
    return new LimitSettings(limits, providers, longestWait, learn, adaptive);
  }

  /** The same with limits for one provider, in the place of those for all. */
  public LimitSettings provider(String name, Limits own) {
    Map<String, Limits> more = new TreeMap<>(providers);
    more.put(name, own);
    return new LimitSettings(limits, more, longestWait, learn, adaptive);
  }

  /** The same with another longest wait; zero for none at all. */
  public LimitSettings longestWait(Duration longestWait) {
    return new LimitSettings(limits, providers, longestWait, learn, adaptive);
  }

  /** The same, learning from what answers say or not. */
  public LimitSettings learn(boolean learn) {
    return new LimitSettings(limits, providers, longestWait, learn, adaptive);
  }

  /** The same, adapting to refusals or not. */
  public LimitSettings adaptive(boolean adaptive) {
    return new LimitSettings(limits, providers, longestWait, learn, adaptive);
  }

  /** The limits of a provider. */
  Limits of(String provider) {
    return providers.getOrDefault(provider, limits);
  }

  /**
   * Those that {@link AiOrchestrator#configured} would hold calls to. No model and no provider is
   * looked for, and no key is needed.
   *
   * @param file the configuration; empty: there is none, and no limits
   * @param environment variables such as {@link System#getenv()}
   * @throws ConfigurationException if the file can't be read, or what it says of limits is wrong
   */
  public static LimitSettings of(Optional<Path> file, Map<String, String> environment) {
    return file.flatMap(path -> YamlSection.of(path, environment).section("limits"))
        .map(section -> LimitSection.read(section, Map.of()))
        .orElse(NONE);
  }
}
