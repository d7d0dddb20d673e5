package ai.powertools.router;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
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
  private boolean continuing;

  private ScriptedProvider(String name, Time time) {
    this.name = name;
    this.time = time;
  }

  private sealed interface Step {
    record Answer(String text, @Nullable Usage usage) implements Step {}

    record Failure(Function<ProviderCall, RuntimeException> error) implements Step {}

    record Broken(String partial, ErrorKind kind) implements Step {}

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

  /** Answers the next call, with a usage of one token a word, of the conversation and of this. */
  public ScriptedProvider answer(String text) {
    return answer(text, null);
  }

  /** Answers the next call, with this usage; null to count one token a word. */
  public synchronized ScriptedProvider answer(String text, @Nullable Usage usage) {
    steps.add(new Step.Answer(text, usage));
    return this;
  }

  /** Fails the next call. */
  public ScriptedProvider fail(RuntimeException error) {
    return failWith(call -> error);
  }

  /** Fails the next call as a provider would that did not begin to work. */
  public ScriptedProvider fail(ErrorKind kind) {
    return failWith(
        call -> ProviderException.builder(kind, name, call.model(), "as scripted").build());
  }

  /**
   * Fails the next call in the middle of its answer: a listener gets the part, and the error has it
   * and says that it may be on the bill.
   */
  public synchronized ScriptedProvider failAfter(String partial, ErrorKind kind) {
    steps.add(new Step.Broken(partial, kind));
    return this;
  }

  private synchronized ScriptedProvider failWith(Function<ProviderCall, RuntimeException> error) {
    steps.add(new Step.Failure(error));
    return this;
  }

  /** Makes the next call wait before what comes after this in the script. */
  public synchronized ScriptedProvider delay(Duration duration) {
    steps.add(new Step.Delay(duration));
    return this;
  }

  /** Lets its models go on from the last word of an answer that broke off. */
  public synchronized ScriptedProvider continuing() {
    continuing = true;
    return this;
  }

  @Override
  public synchronized boolean continuesText(String model) {
    return continuing;
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
        throw failure.error().apply(call);
      } else if (step instanceof Step.Broken broken) {
        throw breakOff(call, broken);
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
    return new Step.Answer(lastOfThePerson(call.request()), null);
  }

  private static String lastOfThePerson(ChatRequest request) {
    return request.messages().stream()
        .filter(message -> message.role() == Role.USER)
        .reduce((earlier, later) -> later)
        .map(Message::text)
        .orElse("");
  }

  private ChatResponse deliver(ProviderCall call, Step.Answer answer) {
    tell(call, answer.text());
    Usage scripted = answer.usage();
    Usage usage =
        scripted == null ? Usage.of(words(call.request()), words(answer.text())) : scripted;
    return ChatResponse.of(answer.text(), name, call.model(), usage);
  }

  private ProviderException breakOff(ProviderCall call, Step.Broken broken) {
    tell(call, broken.partial());
    return ProviderException.builder(broken.kind(), name, call.model(), "broken off as scripted")
        .partial(broken.partial(), call.listener().isPresent())
        .mayBeBilled(true)
        .build();
  }

  private static void tell(ProviderCall call, String text) {
    if (!text.isEmpty()) {
      call.listener().ifPresent(told -> told.on(new StreamEvent.TextDelta(text)));
    }
  }

  private void sleep(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("waiting as scripted", e);
    }
  }

  private static long words(ChatRequest request) {
    return request.messages().stream().mapToLong(message -> words(message.text())).sum();
  }

  private static long words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }
}
