package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Threads;
import ai.powertools.testing.RandomInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are opened for what they do, not to be looked at
class AttributionTest {
  private final ExecutorService pool = Executors.newFixedThreadPool(2, Threads.factory("pool"));
  private final ExecutorService perTask = Threads.perTask("task");

  @BeforeEach
  @AfterEach
  void nothingIsLeftOver() {
    assertThat(Attribution.current()).isSameAs(Attributes.NONE);
  }

  @AfterEach
  void stop() {
    pool.shutdown();
    perTask.shutdown();
  }

  @Test
  void attributesAreCurrentUntilTheScopeIsClosed() {
    try (Attribution.Scope scope = Attribution.with("team", "search").and("user", "ada")) {
      assertThat(Attribution.current()).hasToString("team=search user=ada");
    }
    assertThat(Attribution.current().isEmpty()).isTrue();
  }

  @Test
  void anInnerScopeAddsAndHidesAndBringsBack() {
    Attributes more = Attributes.of("user", "bob").with("task", "draft");
    try (Attribution.Scope outer = Attribution.with("team", "search").and("user", "ada")) {
      try (Attribution.Scope inner = Attribution.with(more)) {
        assertThat(Attribution.current()).hasToString("task=draft team=search user=bob");
      }
      assertThat(Attribution.current()).hasToString("team=search user=ada");
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    Attribution.Scope scope = Attribution.with("user", "ada");
    scope.close();
    try (Attribution.Scope later = Attribution.with("user", "bob")) {
      scope.close();
      assertThat(Attribution.current()).hasToString("user=bob");
    }
  }

  @Test
  void closingAnOuterScopeClosesWhatWasForgottenInside() {
    Attribution.Scope outer = Attribution.with("user", "ada");
    Attribution.Scope forgotten = Attribution.with("user", "bob");
    outer.close();
    assertThat(Attribution.current().isEmpty()).isTrue();

    try (Attribution.Scope later = Attribution.with("user", "eve")) {
      forgotten.close();
      assertThat(Attribution.current()).hasToString("user=eve");
    }
  }

  @Test
  void onlyTheInnermostOpenScopeTakesMore() {
    Attribution.Scope outer = Attribution.with("user", "ada");
    try (Attribution.Scope inner = Attribution.with("task", "draft")) {
      assertThatThrownBy(() -> outer.and("team", "search"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("\"team\" is not the innermost one");
    }
    outer.close();
    assertThatThrownBy(() -> outer.and("team", "search"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The scope for \"team\" is closed. Open a new one with Attribution.with().");
  }

  @Test
  void aRefusedAttributeOpensNoScope() {
    assertThatThrownBy(() -> Attribution.with("no name", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Attribution.current().isEmpty()).isTrue();

    try (Attribution.Scope scope = Attribution.with("user", "ada")) {
      assertThatThrownBy(() -> scope.and("team", " ")).isInstanceOf(IllegalArgumentException.class);
      assertThat(Attribution.current()).hasToString("user=ada");
    }
  }

  @Test
  void aScopeIsForTheThreadThatOpenedIt() {
    try (Attribution.Scope scope = Attribution.with("user", "ada")) {
      for (Runnable use : List.<Runnable>of(scope::close, () -> scope.and("team", "search"))) {
        assertThatThrownBy(pool.submit(use)::get)
            .hasCauseInstanceOf(IllegalStateException.class)
            .hasMessageContaining("\"pool-")
            .hasMessageContaining("Take the attributes along with Attribution.capture().");
      }
      assertThat(Attribution.current()).hasToString("user=ada");
    }
  }

  @Test
  void whatIsCapturedRunsTasksAndLeavesTheThreadAsItWas() throws Exception {
    Attribution.Captured captured;
    try (Attribution.Scope scope = Attribution.with("user", "ada")) {
      captured = Attribution.capture();
    }
    assertThat(captured.attributes()).hasToString("user=ada");
    try (Attribution.Scope own = Attribution.with("team", "search")) {
      List<Attributes> seen = new ArrayList<>();
      Callable<Attributes> callable = captured.wrap(Attribution::current);
      Supplier<Attributes> supplier = captured.wrapSupplier(Attribution::current);
      seen.add(callable.call());
      seen.add(supplier.get());
      captured.wrap((Runnable) () -> seen.add(Attribution.current())).run();

      assertThat(seen).hasSize(3).containsOnly(Attributes.of("user", "ada"));
      assertThat(Attribution.current()).hasToString("team=search");
    }
  }

  @Test
  void aTaskThatThrowsOrForgetsItsScopeLeavesNothingBehind() {
    List<Attribution.Scope> forgotten = new ArrayList<>();
    Runnable failing =
        Attribution.capture()
            .wrap(
                (Runnable)
                    () -> {
                      forgotten.add(Attribution.with("user", "leak"));
                      throw new IllegalStateException("failed");
                    });
    Callable<String> failingToo =
        Attribution.capture()
            .wrap(
                () -> {
                  forgotten.add(Attribution.with("user", "leak"));
                  throw new IllegalStateException("failed too");
                });
    try (Attribution.Scope own = Attribution.with("team", "search")) {
      assertThatThrownBy(failing::run).hasMessage("failed");
      assertThatThrownBy(failingToo::call).hasMessage("failed too");
      forgotten.forEach(Attribution.Scope::close);
      assertThat(Attribution.current()).hasToString("team=search");
    }
  }

  @Test
  void aPropagatingExecutorTakesWhatIsCurrentAtEachHandOver() {
    List<Runnable> queue = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    Executor executor = Attribution.propagating(queue::add);
    for (String user : List.of("ada", "bob")) {
      try (Attribution.Scope scope = Attribution.with("user", user)) {
        executor.execute(() -> seen.add(Attribution.current().toString()));
      }
    }
    executor.execute(() -> seen.add(Attribution.current().toString()));
    queue.forEach(Runnable::run);

    assertThat(seen).containsExactly("user=ada", "user=bob", "");
  }

  @Test
  void aPropagatingServiceTakesItAlongHoweverATaskIsSubmitted() throws Exception {
    ExecutorService service = Attribution.propagating(perTask);
    Callable<String> task = () -> Attribution.current().toString();
    try (Attribution.Scope scope = Attribution.with("user", "ada")) {
      assertThat(service.submit(task).get()).isEqualTo("user=ada");
      assertThat(service.invokeAny(List.of(task))).isEqualTo("user=ada");
      for (Future<String> one : service.invokeAll(List.of(task, task))) {
        assertThat(one.get()).isEqualTo("user=ada");
      }
    }
    assertThat(service.submit(task).get()).isEmpty();
  }

  @Test
  void shuttingDownAPropagatingServiceShutsDownTheOneBehindIt() throws Exception {
    ExecutorService service = Attribution.propagating(pool);
    assertThat(service.isShutdown()).isFalse();
    service.shutdown();
    assertThat(pool.isShutdown()).isTrue();
    assertThat(service.isShutdown()).isTrue();
    assertThat(service.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(service.isTerminated()).isTrue();
    assertThat(service.shutdownNow()).isEmpty();
  }

  @Test
  void everyStageOfAFutureSeesWhatWasCapturedForIt() {
    CompletableFuture<String> future;
    try (Attribution.Scope scope = Attribution.with("user", "ada")) {
      Executor executor = Attribution.capture().wrap(perTask);
      future =
          CompletableFuture.supplyAsync(() -> "" + Attribution.current(), executor)
              .thenApplyAsync(first -> first + ", " + Attribution.current(), executor)
              .thenCombineAsync(
                  CompletableFuture.supplyAsync(() -> "" + Attribution.current(), executor),
                  (two, one) -> two + ", " + one,
                  executor);
    }
    assertThat(future.join()).isEqualTo("user=ada, user=ada, user=ada");
  }

  @Test
  void aThreadStartsWithWhatWasCurrentWhenItWasMade() throws Exception {
    List<String> seen = new ArrayList<>();
    Thread thread;
    try (Attribution.Scope scope = Attribution.with("user", "ada")) {
      thread =
          Attribution.threads(Threads.factory("direct"))
              .newThread(() -> seen.add(Attribution.current().toString()));
    }
    try (Attribution.Scope other = Attribution.with("user", "bob")) {
      thread.start();
    }
    thread.join();
    assertThat(seen).containsExactly("user=ada");
  }

  @Test
  void aPoolIsCleanAfterAThousandRandomHandOvers() throws Exception {
    RandomInput input = RandomInput.seeded();
    List<Future<?>> checks = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String expected = "user=u" + i;
      // Two threads only in the pool, so that every task follows another one on its thread.
      ExecutorService target = input.oneOf(pool, perTask);
      Runnable check = () -> checkAndForget(expected, input);
      try (Attribution.Scope scope = Attribution.with("user", "u" + i)) {
        Attribution.Captured captured = Attribution.capture();
        switch (input.ints(0, 5)) {
          case 0 -> checks.add(target.submit(captured.wrap(check)));
          case 1 -> checks.add(target.submit(captured.wrap(Executors.callable(check))));
          case 2 -> checks.add(Attribution.propagating(target).submit(check));
          case 3 -> checks.add(CompletableFuture.runAsync(check, captured.wrap(target)));
          default ->
              checks.add(
                  CompletableFuture.runAsync(check, Attribution.propagating((Executor) target))
                      .thenRunAsync(check, captured.wrap(target)));
        }
      }
      checks.add(target.submit(() -> assertThat(Attribution.current()).hasToString("")));
    }
    for (Future<?> check : checks) {
      check.get();
    }
  }

  private static void checkAndForget(String expected, RandomInput input) {
    assertThat(Attribution.current()).as(input.toString()).hasToString(expected);
    try (Attribution.Scope nested = Attribution.with("user", "inner").and("task", "draft")) {
      assertThat(Attribution.current()).hasToString("task=draft user=inner");
    }
    Attribution.with("task", "forgotten");
  }

  @Test
  void runsATaskInAScopeAndClosesItWhateverTheTaskDoes() {
    AtomicReference<Attributes> seen = new AtomicReference<>();
    Attribution.with("team", "search").run(() -> seen.set(Attribution.current()));
    assertThat(seen.get()).hasToString("team=search");

    String value = Attribution.with("team", "ads").get(() -> Attribution.current().toString());
    assertThat(value).isEqualTo("team=ads");

    Attribution.Scope failing = Attribution.with("team", "search");
    assertThatThrownBy(
            () ->
                failing.run(
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(Attribution.current()).isEqualTo(Attributes.NONE);
  }
}
