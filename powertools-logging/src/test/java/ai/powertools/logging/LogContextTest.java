package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ai.powertools.core.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

@SuppressWarnings("try") // scopes are opened for what they do, not to be looked at
class LogContextTest {
  @BeforeEach
  @AfterEach
  void nothingIsLeftOver() {
    assertThat(LogContext.current()).isEmpty();
  }

  @Test
  void valuesAreThereUntilTheScopeIsClosed() {
    try (LogContext.Scope scope = LogContext.with("trace_id", "t1").and("user_id", 7)) {
      assertThat(LogContext.current()).containsOnly(entry("trace_id", "t1"), entry("user_id", "7"));
      assertThat(MDC.get("user_id")).isEqualTo("7");
    }
    assertThat(MDC.get("user_id")).isNull();
  }

  @Test
  void anInnerScopeHidesAndBringsBack() {
    try (LogContext.Scope outer = LogContext.with("a", "1").and("b", "2")) {
      try (LogContext.Scope inner = LogContext.with("a", "other").and("b", null).and("c", "3")) {
        assertThat(LogContext.current()).containsOnly(entry("a", "other"), entry("c", "3"));
      }
      assertThat(LogContext.current()).containsOnly(entry("a", "1"), entry("b", "2"));
    }
  }

  @Test
  void theSameKeyTwiceInOneScopeBringsBackTheFirst() {
    MDC.put("a", "before");
    try (LogContext.Scope scope = LogContext.with("a", "1").and("a", "2")) {
      assertThat(MDC.get("a")).isEqualTo("2");
    }
    assertThat(MDC.get("a")).isEqualTo("before");
    MDC.remove("a");
  }

  @Test
  void closingTwiceIsHarmless() {
    LogContext.Scope scope = LogContext.with("a", "1");
    scope.close();
    try (LogContext.Scope later = LogContext.with("a", "2")) {
      scope.close();
      assertThat(LogContext.current()).containsOnly(entry("a", "2"));
    }
  }

  @Test
  void closingAnOuterScopeClosesWhatWasForgottenInside() {
    LogContext.Scope outer = LogContext.with("a", "1");
    LogContext.Scope forgotten = LogContext.with("a", "2").and("b", "3");
    outer.close();
    assertThat(LogContext.current()).isEmpty();

    forgotten.close();
    assertThat(LogContext.current()).isEmpty();
  }

  @Test
  void aClosedScopeTakesNoMoreValues() {
    LogContext.Scope scope = LogContext.with("a", "1");
    scope.close();
    assertThatThrownBy(() -> scope.and("b", "2"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The scope for \"b\" is closed. Open a new one with LogContext.with().");
  }

  @Test
  void aValueThatCanNotBeShownOpensNoScope() {
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException("broken");
          }
        };
    assertThatThrownBy(() -> LogContext.with("a", broken)).hasMessage("broken");
    LogContext.with("a", "1").close();
  }

  @Test
  void aScopeIsForTheThreadThatOpenedIt() throws Exception {
    LogContext.Scope scope = LogContext.with("a", "1");
    ExecutorService other = Executors.newSingleThreadExecutor(Threads.factory("other"));
    try {
      Future<?> closing = other.submit(scope::close);
      assertThatThrownBy(closing::get)
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("\"other-0\"")
          .hasMessageContaining("Take the context along with LogContext.capture().");
    } finally {
      other.shutdown();
      scope.close();
    }
  }

  @Test
  void currentCanNotBeChanged() {
    try (LogContext.Scope scope = LogContext.with("a", "1")) {
      Map<String, String> current = LogContext.current();
      assertThatThrownBy(() -> current.put("b", "2"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void aCapturedContextRunsTasksAndLeavesTheThreadAsItWas() throws Exception {
    LogContext.Captured captured;
    try (LogContext.Scope scope = LogContext.with("trace_id", "t1")) {
      captured = LogContext.capture();
    }
    assertThat(captured.values()).containsOnly(entry("trace_id", "t1"));
    try (LogContext.Scope own = LogContext.with("own", "1")) {
      Callable<Map<String, String>> callable = captured.wrap(LogContext::current);
      Supplier<Map<String, String>> supplier = captured.wrapSupplier(LogContext::current);
      assertThat(callable.call()).containsOnly(entry("trace_id", "t1"));
      assertThat(supplier.get()).containsOnly(entry("trace_id", "t1"));
      assertThat(LogContext.current()).containsOnly(entry("own", "1"));
    }
  }

  @Test
  void aTaskThatThrowsOrForgetsItsScopeLeavesNothingBehind() {
    LogContext.Captured captured = LogContext.capture();
    List<LogContext.Scope> forgotten = new ArrayList<>();
    Runnable failing =
        () -> {
          forgotten.add(LogContext.with("leak", "1"));
          throw new IllegalStateException("failed");
        };
    Runnable task = captured.wrap(failing);
    try (LogContext.Scope own = LogContext.with("own", "1")) {
      assertThatThrownBy(task::run).hasMessage("failed");
      assertThat(LogContext.current()).containsOnly(entry("own", "1"));
      forgotten.get(0).close();
      assertThat(LogContext.current()).containsOnly(entry("own", "1"));
    }
  }

  @Test
  void aPropagatingExecutorTakesTheContextOfEachHandOver() {
    List<Runnable> queue = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    Executor executor = LogContext.propagating(queue::add);
    for (String user : List.of("ann", "bob")) {
      try (LogContext.Scope scope = LogContext.with("user", user)) {
        executor.execute(() -> seen.add(LogContext.current().get("user")));
      }
    }
    executor.execute(() -> seen.add(LogContext.current().get("user")));
    queue.forEach(Runnable::run);

    assertThat(seen).containsExactly("ann", "bob", null);
  }

  @Test
  void everyStageOfAFutureSeesTheContextOnAWrappedExecutor() {
    ExecutorService threads = Threads.perTask("stages");
    CompletableFuture<String> future;
    try (LogContext.Scope scope = LogContext.with("user", "ann")) {
      Executor executor = LogContext.capture().wrap(threads);
      future =
          CompletableFuture.supplyAsync(() -> MDC.get("user"), executor)
              .thenApplyAsync(user -> user + " " + MDC.get("user"), executor);
    }
    assertThat(future.join()).isEqualTo("ann ann");
    threads.shutdown();
  }

  @Test
  void survivesAThousandRandomHandOversAndNeverLeaks() throws Exception {
    long seed = Long.getLong("powertools.seed", 20261101L);
    System.getLogger("test").log(System.Logger.Level.DEBUG, "seed {0}", seed);
    Random random = new Random(seed);
    // Two threads only, so that every task follows another one on its thread.
    ExecutorService pool = Executors.newFixedThreadPool(2, Threads.factory("pool"));
    ExecutorService perTask = Threads.perTask("task");
    List<Future<?>> checks = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        String id = "trace-" + i;
        int way = random.nextInt(5);
        ExecutorService target = random.nextBoolean() ? pool : perTask;
        try (LogContext.Scope scope = LogContext.with("trace_id", id)) {
          Runnable check = () -> checkAndNest(id);
          LogContext.Captured captured = LogContext.capture();
          switch (way) {
            case 0 -> checks.add(target.submit(captured.wrap(check)));
            case 1 -> checks.add(target.submit(captured.wrap(Executors.callable(check))));
            case 2 -> checks.add(CompletableFuture.runAsync(check, captured.wrap(target)));
            case 3 -> {
              Executor propagating = LogContext.propagating(target);
              checks.add(
                  CompletableFuture.runAsync(check, propagating)
                      .thenRunAsync(check, captured.wrap(target)));
            }
            default ->
                checks.add(
                    CompletableFuture.supplyAsync(
                            captured.wrapSupplier(() -> LogContext.current().get("trace_id")),
                            target)
                        .thenAccept(seen -> assertThat(seen).isEqualTo(id)));
          }
        }
        checks.add(target.submit(() -> assertThat(LogContext.current()).isEmpty()));
      }
      for (Future<?> check : checks) {
        check.get();
      }
    } finally {
      pool.shutdown();
      perTask.shutdown();
    }
  }

  private static void checkAndNest(String id) {
    assertThat(LogContext.current())
        .as("seed in -Dpowertools.seed")
        .containsOnly(entry("trace_id", id));
    try (LogContext.Scope nested = LogContext.with("step", "1").and("trace_id", "inner")) {
      assertThat(LogContext.current()).containsEntry("trace_id", "inner").hasSize(2);
    }
    LogContext.with("forgotten", id);
  }
}
