package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider that says what it was told to, in process: for the tests of everything that makes
 * calls. What was scripted is used up in order; after that it repeats the last user message. Safe
 * for use by many threads.
 */
public final class ScriptedProvider implements ChatProvider {
  private final String name;
  private final Time time;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<ProviderCall> calls = new ArrayList<>();

  private ScriptedProvider(String name, Time time) {
    this.name = name;
    this.time = time;
  }

  private sealed interface Step {
    record Answer(String text, Usage usage) implements Step {}

    record Failure(RuntimeException error) implements Step {}

    record Delay(Duration duration) implements Step {}
  }

  /** A provider of that name without a script. */
  public static ScriptedProvider named(String name) {
    return named(name, Time.system());
  }

  /** The same, whose delays pass on a clock of one's own. */
  public static ScriptedProvider named(String name, Time time) {
    return new ScriptedProvider(name, time);
  }

  /** Answers the next call, with a usage of one token a word. */
  public ScriptedProvider answer(String text) {
    return answer(text, null);
  }

  /** Answers the next call, with this usage; null to count one token a word. */
  public synchronized ScriptedProvider answer(String text, @Nullable Usage usage) {
    steps.add(new Step.Answer(text, usage == null ? Usage.of(0, words(text)) : usage));
    return this;
  }

  /** Fails the next call. */
  public synchronized ScriptedProvider fail(RuntimeException error) {
    steps.add(new Step.Failure(error));
    return this;
  }

  /** Fails the next call as a provider would. */
  public ScriptedProvider fail(ErrorKind kind) {
    return fail(ProviderException.builder(kind, name, "scripted", "as scripted").build());
  }

  /** Makes the next call wait before what comes after this in the script. */
  public synchronized ScriptedProvider delay(Duration duration) {
    steps.add(new Step.Delay(duration));
    return this;
  }

  /** The calls so far, in order. */
  public synchronized List<ProviderCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    synchronized (this) {
      calls.add(call);
    }
    while (true) {
      Step step = next(call);
      if (step instanceof Step.Delay delay) {
        sleep(delay.duration());
      } else if (step instanceof Step.Failure failure) {
        throw failure.error();
      } else if (step instanceof Step.Answer answer) {
        return deliver(call, answer);
      }
    }
  }

  private synchronized Step next(ProviderCall call) {
    Step scripted = steps.poll();
    if (scripted != null) {
      return scripted;
    }
    List<Message> messages = call.request().messages();
    String text = messages.get(messages.size() - 1).text();
    return new Step.Answer(text, Usage.of(words(text), words(text)));
  }

  private ChatResponse deliver(ProviderCall call, Step.Answer answer) {
    if (!answer.text().isEmpty()) {
      call.listener().ifPresent(told -> told.on(new StreamEvent.TextDelta(answer.text())));
    }
    return ChatResponse.of(answer.text(), name, call.model(), answer.usage());
  }

  private void sleep(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("waiting as scripted", e);
    }
  }

  private static long words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }
}
