package ai.powertools.testing;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One thing that a provider does with a request. */
interface Step {
  /**
   * Does it.
   *
   * @throws IOException when the client leaves before it is done
   */
  void play(Stage stage) throws IOException;

  /** Answers well. */
  record Answer(SimulatedAnswer answer) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      stage.begin(answer);
      if (!stage.streams()) {
        stage.whole();
        return;
      }
      stage.open();
      stage.say();
      stage.finish();
    }
  }

  /** Answers with what the user said last. */
  record Echo() implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      new Answer(SimulatedAnswer.of(stage.lastUserMessage())).play(stage);
    }
  }

  /** Refuses. */
  record Failure(int status, @Nullable String code, String message, @Nullable Duration retryAfter)
      implements Step {
    public Failure {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("A failure has a status from 400 to 599: " + status);
      }
      if (retryAfter != null && retryAfter.isNegative()) {
        throw new IllegalArgumentException("A wait can't be negative: " + retryAfter);
      }
    }

    @Override
    public void play(Stage stage) throws IOException {
      stage.refuse(status, code, message, retryAfter);
    }
  }

  /** Begins well and hangs up. */
  record Cut(String partial) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      stage.begin(SimulatedAnswer.of(partial));
      if (!stage.streams()) {
        stage.half();
        return;
      }
      stage.open();
      stage.say();
      stage.hangUp();
    }
  }

  /** Begins well, if it is a stream, and falls silent. */
  record Stall(String partial) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      if (stage.streams()) {
        stage.begin(SimulatedAnswer.of(partial));
        stage.open();
        stage.say();
      }
      stage.fallSilent();
    }
  }

  /** Begins well and reports an error; refuses with status 500 when the answer is no stream. */
  record StreamError(String partial, String code, String message) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      if (!stage.streams()) {
        stage.refuse(500, code, message, null);
        return;
      }
      stage.begin(SimulatedAnswer.of(partial));
      stage.open();
      stage.say();
      stage.breakOff(code, message);
    }
  }
}
