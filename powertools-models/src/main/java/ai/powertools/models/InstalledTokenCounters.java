package ai.powertools.models;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The providers on the class path, in the order in which they are found; looked for once. */
final class InstalledTokenCounters implements TokenCounterProvider {
  private static @Nullable List<TokenCounterProvider> found;

  @Override
  public Optional<TokenCounter> counterFor(Model model) {
    for (TokenCounterProvider provider : installed()) {
      Optional<TokenCounter> counter = provider.counterFor(model);
      if (counter.isPresent()) {
        return counter;
      }
    }
    return Optional.empty();
  }

  /** A failure is not kept: it is thrown to everybody who asks, with its reason. */
  private static synchronized List<TokenCounterProvider> installed() {
    List<TokenCounterProvider> providers = found;
    if (providers == null) {
      providers =
          ServiceLoader.load(TokenCounterProvider.class).stream()
              .map(ServiceLoader.Provider::get)
              .toList();
      found = providers;
    }
    return providers;
  }
}
