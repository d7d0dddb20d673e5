package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.retry.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where events go. */
class ErrorSinkTest {
  private final List<ErrorEvent> taken = new ArrayList<>();
  private final ErrorSink sink = taken::add;
  private final ErrorEvent event = Events.of("429 slow down");

  private static ErrorSink broken() {
    return event -> {
      throw new IllegalStateException("no room");
    };
  }

  /** What the uncaught exception handler of a thread gets while it runs this. */
  private static Throwable uncaught(Runnable action) throws InterruptedException {
    AtomicReference<Throwable> caught = new AtomicReference<>();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            });
    thread.setUncaughtExceptionHandler((t, error) -> caught.set(error));
    thread.start();
    thread.join();
    assertThat(thrown.get()).isNull();
    return caught.get();
  }

  @Test
  void whatASinkThrowsGoesToTheHandlerAndNotToTheCall() throws InterruptedException {
    assertThat(uncaught(() -> broken().report(event))).hasMessage("no room");
    assertThat(uncaught(() -> sink.report(event))).isNull();
    assertThat(taken).containsExactly(event);
  }

  @Test
  void twoSinksBothGetTheEventAlsoWhenOneFails() throws InterruptedException {
    assertThat(uncaught(() -> broken().and(sink).report(event))).hasMessage("no room");
    assertThat(uncaught(() -> sink.and(broken()).report(event))).hasMessage("no room");
    assertThat(taken).containsExactly(event, event);
  }

  @ParameterizedTest
  @CsvSource({"1, 1000", "0.5, 500", "0.25, 250", "0.1, 100", "0.001, 1", "0.3, 300"})
  void aShareIsTakenEvenly(double share, int expected) {
    ErrorSink sampled = sink.sampled(share);
    for (int i = 0; i < 1_000; i++) {
      sampled.accept(Events.of("no. " + i));
    }

    assertThat(taken).hasSize(expected);
    assertThat(taken.get(0).message()).isEqualTo("no. 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
  void aShareThatIsNoneIsRefused(double share) {
    assertThatThrownBy(() -> sink.sampled(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share of " + share);
  }

  @Test
  void messagesAndKeyAreRewritten() {
    sink.rewriting(text -> text.replace("slow", "***").replace("openai", "vendor")).accept(event);

    ErrorEvent rewritten = taken.get(0);
    assertThat(rewritten.message()).isEqualTo("429 *** down");
    assertThat(rewritten.key()).isEqualTo("vendor/gpt-5");
    assertThat(rewritten.attempts().get(0).message()).isEqualTo("429 *** down");
    assertThat(rewritten.attempts().get(0).duration())
        .isEqualTo(event.attempts().get(0).duration());
  }

  @Test
  void aRewriterThatFailsLetsNothingThrough() {
    ErrorSink rewriting =
        sink.rewriting(
            text -> {
              throw new IllegalStateException("lost");
            });

    assertThatThrownBy(() -> rewriting.accept(event)).hasMessage("lost");
    assertThat(taken).isEmpty();
  }

  @Test
  void aFailureIsLoggedAsAWarningAndTheRestAsInformation() {
    RecordedLog log = new RecordedLog();
    ErrorSink.logging(log).accept(event);
    ErrorSink.logging(log).accept(Events.of(Events.NOON, "a\nb\u001b[2J", Outcome.RECOVERED));

    assertThat(log.lines)
        .containsExactly(
            "WARNING failed after 1 failed attempt (waited 500 ms) at openai/gpt-5: throttled"
                + " HttpException: 429 slow down ["
                + event.fingerprint().id()
                + "]",
            "INFO recovered after 1 failed attempt (waited 500 ms) at openai/gpt-5: throttled"
                + " HttpException: a b\ufffd[2J ["
                + Events.of("a\nb\u001b[2J").fingerprint().id()
                + "]");
  }

  @Test
  void theStandardLogTakesEvents() throws InterruptedException {
    assertThat(uncaught(() -> ErrorSink.logging().report(event))).isNull();
  }

  /** A logger that keeps its lines. */
  private static final class RecordedLog implements System.Logger {
    private final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "recorded";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
      lines.add(level + " " + format);
    }
  }
}
