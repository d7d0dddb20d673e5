package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The deadline that a thread works under. */
class CurrentDeadlineTest {
  private final Deadline hour = Deadline.after(Duration.ofHours(1));
  private final Deadline day = Deadline.after(Duration.ofDays(1));

  @Test
  void nobodySaidMeansNever() {
    assertThat(Deadline.current()).isSameAs(Deadline.never());
  }

  @Test
  void aScopeInsideCanOnlyShorten() {
    try (Deadline.Scope outer = hour.makeCurrent()) {
      assertThat(outer).isNotNull();
      try (Deadline.Scope longer = day.makeCurrent()) {
        assertThat(longer).isNotNull();
        assertThat(Deadline.current()).isSameAs(hour);
      }
      Deadline minute = Deadline.after(Duration.ofMinutes(1));
      try (Deadline.Scope shorter = minute.makeCurrent()) {
        assertThat(shorter).isNotNull();
        assertThat(Deadline.current()).isSameAs(minute);
      }
      try (Deadline.Scope none = Deadline.never().makeCurrent()) {
        assertThat(none).isNotNull();
        assertThat(Deadline.current()).isSameAs(hour);
      }
      assertThat(Deadline.current()).isSameAs(hour);
    }
    assertThat(Deadline.current()).isSameAs(Deadline.never());
  }

  @Test
  void carriedTasksTakeItToOtherThreads() throws Exception {
    AtomicReference<Deadline> seen = new AtomicReference<>();
    Runnable task;
    Callable<Deadline> call;
    try (Deadline.Scope scope = hour.makeCurrent()) {
      assertThat(scope).isNotNull();
      task = Deadline.carry(() -> seen.set(Deadline.current()));
      call = Deadline.carryCall(Deadline::current);
      CompletableFuture.runAsync(() -> seen.set(Deadline.current())).join();
      assertThat(seen).hasValue(Deadline.never());
    }
    CompletableFuture.runAsync(task).join();
    assertThat(seen).hasValue(hour);
    assertThat(call.call()).isSameAs(hour);
    assertThat(Deadline.current()).isSameAs(Deadline.never());
  }

  @Test
  void aTaskThatFailsLeavesNothingBehind() {
    Runnable task;
    try (Deadline.Scope scope = hour.makeCurrent()) {
      assertThat(scope).isNotNull();
      task =
          Deadline.carry(
              () -> {
                throw new IllegalStateException("broken");
              });
    }
    assertThatThrownBy(task::run).hasMessage("broken");
    assertThat(Deadline.current()).isSameAs(Deadline.never());
  }

  @Test
  void theEarlierOfTwoIsFoundWithoutAskingAnyClockWhereOneNeverComes() {
    assertThat(hour.earlier(Deadline.never())).isSameAs(hour);
    assertThat(Deadline.never().earlier(hour)).isSameAs(hour);
    assertThat(day.earlier(hour)).isSameAs(hour);
    assertThat(hour.earlier(hour)).isSameAs(hour);
  }
}
