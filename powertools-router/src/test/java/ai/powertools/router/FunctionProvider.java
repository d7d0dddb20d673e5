package ai.powertools.router;

import ai.powertools.core.Time;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A provider that does what a function says, and remembers what it was asked. */
final class FunctionProvider implements ChatProvider {
  private final String name;
  private final boolean local;
  private final boolean continues;
  private final Function<ProviderCall, ChatResponse> answer;
  private final List<ProviderCall> calls = new ArrayList<>();

  private FunctionProvider(
      String name, boolean local, boolean continues, Function<ProviderCall, ChatResponse> answer) {
    this.name = name;
    this.local = local;
    this.continues = continues;
    this.answer = answer;
  }

  static FunctionProvider named(String name, Function<ProviderCall, ChatResponse> answer) {
    return new FunctionProvider(name, false, false, answer);
  }

  /** The same, on this machine. */
  FunctionProvider onThisMachine() {
    return new FunctionProvider(name, true, continues, answer);
  }

  /** The same, which goes on from the last word. */
  FunctionProvider continuing() {
    return new FunctionProvider(name, local, true, answer);
  }

  synchronized List<ProviderCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isLocal() {
    return local;
  }

  @Override
  public boolean continuesText(String model) {
    return continues;
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    synchronized (this) {
      calls.add(call);
    }
    return answer.apply(call);
  }

  /** Tells the pieces and answers with all of them; a token a piece. */
  static ChatResponse say(ProviderCall call, String... pieces) {
    tell(call, pieces);
    String whole = String.join("", pieces);
    return ChatResponse.of(whole, "scripted", call.model(), Usage.of(1, pieces.length));
  }

  static void tell(ProviderCall call, String... pieces) {
    for (String piece : pieces) {
      call.listener().ifPresent(told -> told.on(new StreamEvent.TextDelta(piece)));
    }
  }

  /** An error that says nothing of money. */
  static ProviderException error(ErrorKind kind) {
    return ProviderException.builder(kind, "scripted", "m", "as scripted").build();
  }

  /** The same, with how long to wait. */
  static ProviderException error(ErrorKind kind, Duration retryAfter) {
    return ProviderException.builder(kind, "scripted", "m", "as scripted")
        .retryAfter(Optional.of(retryAfter))
        .build();
  }

  /** Lets virtual time pass. */
  static void pass(Time time, Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error(ErrorKind.CANCELLED);
    }
  }
}
