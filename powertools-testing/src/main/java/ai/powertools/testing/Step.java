package ai.powertools.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a provider does with a request. */
interface Step {
  /**
   * Does it.
   *
   * @throws IOException when the client leaves before it is done
   */
  void play(Stage stage) throws IOException;

  /** Answers well. Without tokens, words are counted. */
  record Answer(String text, @Nullable Tokens tokens) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      stage.use(tokens == null ? Tokens.counted(stage.request(), text) : tokens);
      if (!stage.streams()) {
        stage.whole(text);
        return;
      }
      stage.open();
      stage.say(text);
      stage.finish();
    }
  }

  /** Answers with what the user said last. */
  record Echo() implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      new Answer(stage.lastUserMessage(), null).play(stage);
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
      stage.refuse(status, retryHeader(), code, message);
    }

    /** {@code Retry-After} knows whole seconds only; OpenAI's clients know {@code -ms} too. */
    private Map<String, String> retryHeader() {
      Map<String, String> header = new LinkedHashMap<>();
      if (retryAfter != null) {
        long millis = retryAfter.plusNanos(999_999).toMillis(); // never less than was meant
        boolean whole = millis % 1000 == 0;
        String name = whole ? "retry-after" : "retry-after-ms";
        header.put(name, Long.toString(whole ? millis / 1000 : millis));
      }
      return header;
    }
  }

  /** Begins well and hangs up. */
  record Cut(String partial) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      stage.use(Tokens.counted(stage.request(), partial));
      if (!stage.streams()) {
        stage.half(partial);
        return;
      }
      stage.open();
      stage.say(partial);
      stage.hangUp();
    }
  }

  /** Begins well, if it is a stream, and falls silent. */
  record Stall(String partial) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      if (stage.streams()) {
        stage.open();
        stage.say(partial);
      }
      stage.fallSilent();
    }
  }

  /** Begins well and reports an error; refuses with status 500 when the answer is no stream. */
  record StreamError(String partial, String code, String message) implements Step {
    @Override
    public void play(Stage stage) throws IOException {
      if (!stage.streams()) {
        stage.refuse(500, Map.of(), code, message);
        return;
      }
      stage.open();
      stage.say(partial);
      stage.breakOff(code, message);
    }
  }
}
