package ai.powertools.orchestrator;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the same call would have cost on well-known models, worked out when somebody asks: counting
 * a long text with three tokenizers takes longer than all the layers of a call. Thread-safe.
 */
public final class Elsewhere {
  private final Supplier<List<Comparison>> work;
  private @Nullable List<Comparison> done;

  Elsewhere(Supplier<List<Comparison>> work) {
    this.work = work;
  }

  /** One for each of three well-known models, as far as the catalog knows them. */
  public synchronized List<Comparison> comparisons() {
    List<Comparison> result = done;
    if (result == null) {
      result = List.copyOf(work.get());
      done = result;
    }
    return result;
  }
}
