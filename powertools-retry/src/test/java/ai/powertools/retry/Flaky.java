package ai.powertools.retry;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work that fails with these errors, one after the other, and then answers. */
final class Flaky implements Callable<String> {
  private final List<Throwable> errors;
  private int calls;

  private Flaky(List<Throwable> errors) {
    this.errors = errors;
  }

  static Flaky failingWith(Throwable... errors) {
    return new Flaky(List.of(errors));
  }

  int calls() {
    return calls;
  }

  @Override
  public String call() throws Exception {
    calls++;
    if (calls > errors.size()) {
      return "answer";
    }
    Throwable error = errors.get(calls - 1);
    if (error instanceof Error fatal) {
      throw fatal;
    }
    throw (Exception) error;
  }

  CompletableFuture<String> callAsync() {
    calls++;
    return calls > errors.size()
        ? CompletableFuture.completedFuture("answer")
        : CompletableFuture.failedFuture(errors.get(calls - 1));
  }
}
