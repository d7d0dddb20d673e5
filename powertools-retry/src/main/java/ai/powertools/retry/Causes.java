package ai.powertools.retry;

import ai.powertools.core.CancelledException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Reads chains of causes, for classifiers. */
public final class Causes {
  private Causes() {}

  /** The error, its cause, and so on; each once, since a chain may run in a circle. */
  public static List<Throwable> of(Throwable error) {
    List<Throwable> chain = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    @Nullable Throwable next = error;
    while (next != null && seen.add(next)) {
      chain.add(next);
      next = next.getCause();
    }
    return chain;
  }

  /** The outermost error of this type in the chain of causes. */
  public static <X extends Throwable> Optional<X> find(Throwable error, Class<X> type) {
    return of(error).stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** The error without what futures wrap around it. */
  static Throwable unwrap(Throwable error) {
    for (Throwable inner : of(error)) {
      boolean wrapper = inner instanceof CompletionException || inner instanceof ExecutionException;
      if (!wrapper || inner.getCause() == null) {
        return inner;
      }
    }
    return error;
  }

  /** Whether somebody called it off. */
  static boolean isCancellation(Throwable error) {
    return error instanceof CancelledException
        || error instanceof CancellationException
        || error instanceof InterruptedException;
  }
}
