package ai.powertools.retry.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Jitter;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.Retry;
import ai.powertools.retry.report.AttemptSummary;
import ai.powertools.retry.report.ErrorEvent;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What kept errors do on every kind of store. */
abstract class KeptErrorsContract {
  final VirtualClock clock = VirtualClock.create();
  private Store store;

  abstract Store create();

  @BeforeEach
  void open() {
    store = create();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private KeptErrorsBuilder builder() {
    return KeptErrors.builder().store(store).time(clock);
  }

  private static List<ErrorEvent> all(KeptErrors errors) {
    return since(errors, Instant.EPOCH);
  }

  private static List<ErrorEvent> since(KeptErrors errors, Instant moment) {
    errors.flush();
    List<ErrorEvent> events = new ArrayList<>();
    errors.forEach(moment, events::add);
    return events;
  }

  private ErrorEvent event(String message) {
    return new ErrorEvent(
        clock.instant(),
        "vendor",
        ErrorKind.TRANSIENT,
        "IOException",
        message,
        Outcome.FAILED,
        1,
        Duration.ZERO,
        List.of());
  }

  private static ErrorHandler handler(KeptErrors errors) {
    return ErrorHandler.builder()
        .retry(
            Retry.builder()
                .maxAttempts(2)
                .fixed(Duration.ofMillis(5))
                .jitter(Jitter.none())
                .time(VirtualClock.autoAdvancing())
                .build())
        .listener(errors)
        .build();
  }

  private static String down() throws SocketTimeoutException {
    throw new SocketTimeoutException("Read timed out, key=sk-abcdefghijklmnopqrstuvwxyz123456");
  }

  @Test
  void keepsHowCallsFailedDegradedAndRecovered() {
    try (KeptErrors errors = builder().build()) {
      ErrorHandler handler = handler(errors);
      CallOptions options = CallOptions.of("vendor/model");
      assertThatThrownBy(() -> handler.call(options, attempt -> down())).isNotNull();
      String degraded = handler.fallback(error -> "instead").call(options, attempt -> down());
      String recovered =
          handler.call(options, attempt -> attempt.number() == 1 ? down() : "answer");
      assertThat(degraded + recovered).isEqualTo("insteadanswer");

      List<ErrorEvent> events = all(errors);
      assertThat(events)
          .extracting(ErrorEvent::outcome)
          .containsExactly(Outcome.FAILED, Outcome.DEGRADED, Outcome.RECOVERED);
      ErrorEvent first = events.get(0);
      assertThat(first.when()).isEqualTo(clock.instant());
      assertThat(first.key()).isEqualTo("vendor/model");
      assertThat(first.kind()).isEqualTo(ErrorKind.TRANSIENT);
      assertThat(first.type()).isEqualTo("SocketTimeoutException");
      assertThat(first.message()).startsWith("Read timed out").doesNotContain("sk-abc");
      assertThat(first.failures()).isEqualTo(2);
      assertThat(first.waited()).isEqualTo(Duration.ofMillis(5));
      assertThat(first.attempts()).extracting(AttemptSummary::number).containsExactly(1, 2);
      assertThat(errors.dropped()).isZero();
    }
  }

  @Test
  void anotherProcessFindsThemFromAMomentOn() {
    try (KeptErrors errors = builder().build()) {
      errors.keep(event("early"));
      clock.advance(Duration.ofMinutes(1));
      errors.keep(event("late"));
      errors.flush();
    }
    try (KeptErrors others = KeptErrors.on(store)) {
      assertThat(since(others, clock.instant()))
          .extracting(ErrorEvent::message)
          .containsExactly("late");
      assertThat(all(others)).extracting(ErrorEvent::message).containsExactly("early", "late");
    }
  }

  @Test
  void givesAllOfThemPageByPage() {
    try (KeptErrors errors = builder().build()) {
      for (int i = 0; i < 1_000; i++) {
        errors.keep(event("error number " + i));
        if (i % 500 == 0) {
          errors.flush();
        }
      }
      assertThat(all(errors)).hasSize(1_000).doesNotHaveDuplicates();
    }
  }

  @Test
  void boundsThemByNumberAndAge() {
    try (KeptErrors errors = builder().maxErrors(50).maxAge(Duration.ofDays(1)).build()) {
      for (int i = 0; i <= 300; i++) {
        errors.keep(event("error number " + i));
        assertThat(errors.dropped()).isZero();
      }
      List<ErrorEvent> kept = all(errors);
      assertThat(kept).hasSizeBetween(50, 150);
      assertThat(kept.get(kept.size() - 1).message()).isEqualTo("error number 300");

      clock.advance(Duration.ofDays(2));
      for (int i = 0; i < 100; i++) {
        errors.keep(event("young"));
      }
      assertThat(all(errors)).extracting(ErrorEvent::message).containsOnly("young");
    }
  }

  @Test
  void dropsAndCountsWhatTheStoreCanNotKeepUpWith() throws InterruptedException {
    CompletableFuture<Boolean> gate = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    try (KeptErrors errors = builder().build()) {
      CompletableFuture<Boolean> blocked =
          store.writeAsync(
              sql -> {
                begun.countDown();
                return gate.join();
              });
      begun.await();
      for (int i = 0; i < 1_005; i++) {
        errors.keep(event("storm"));
      }
      long dropped = errors.dropped();
      gate.complete(true);
      assertThat(blocked.join()).isTrue();
      assertThat(dropped).isEqualTo(5);
      assertThat(all(errors)).hasSize(1_000);
    }
  }

  @Test
  void waitsForThemUnlessInterrupted() {
    try (KeptErrors errors = builder().build()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(errors::flush).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
