package ai.powertools.retry;

import ai.powertools.core.Deadline;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ErrorHandler} is told of one call. Immutable.
 *
 * <pre>{@code
 * CallOptions.of("openai/gpt-5-mini").deadline(deadline).input("summarize", json)
 * }</pre>
 */
public final class CallOptions {
  private static final CallOptions NONE = new CallOptions("", Deadline.never(), null, null);

  private final String key;
  private final Deadline deadline;
  private final @Nullable String idempotencyKey;
  private final @Nullable Input input;

  private CallOptions(
      String key, Deadline deadline, @Nullable String idempotencyKey, @Nullable Input input) {
    this.key = key;
    this.deadline = deadline;
    this.idempotencyKey = idempotencyKey;
    this.input = input;
  }

  /** Nothing: one circuit breaker for all such calls, no deadline of its own, no input to keep. */
  public static CallOptions none() {
    return NONE;
  }

  /**
   * A call to one of several others, each with a circuit breaker of its own.
   *
   * @param key who is called, as in {@code openai/gpt-5-mini}; also what reports group by
   */
  public static CallOptions of(String key) {
    return new CallOptions(key, Deadline.never(), null, null);
  }

  /** By when the call wants its answer; {@link Deadline#current()} counts in any case. */
  public CallOptions deadline(Deadline deadline) {
    return new CallOptions(key, deadline, idempotencyKey, input);
  }

  /**
   * The key that all attempts send along; made up if it is not given.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public CallOptions idempotencyKey(String idempotencyKey) {
    if (idempotencyKey.isEmpty()) {
      throw new IllegalArgumentException("An idempotency key must not be empty.");
    }
    return new CallOptions(key, deadline, idempotencyKey, input);
  }

  /**
   * What the call is made from, to be kept as a dead letter if it fails for good. It is written to
   * wherever those are kept, as it is: see the redaction there.
   *
   * @param task what was to be done with it, by which whoever drives it again finds the code
   * @param payload everything that is needed to make the call again, as in JSON
   */
  public CallOptions input(String task, String payload) {
    return new CallOptions(key, deadline, idempotencyKey, new Input(task, payload));
  }

  /** Who is called; empty if nobody said. */
  public String key() {
    return key;
  }

  /** By when; {@link Deadline#never()} if nobody said. */
  public Deadline deadline() {
    return deadline;
  }

  /** The key for all attempts, if one was given. */
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  /** What the call is made from, if that is to be kept. */
  public Optional<Input> input() {
    return Optional.ofNullable(input);
  }

  @Nullable String givenIdempotencyKey() {
    return idempotencyKey;
  }

  /**
   * What a call is made from. Its text does not show the payload.
   *
   * @param task what was to be done
   * @param payload with what
   */
  public record Input(String task, String payload) {
    @Override
    public String toString() {
      return "Input[" + task + ", " + payload.length() + " characters]";
    }
  }

  @Override
  public String toString() {
    String who = key.isEmpty() ? "no key" : key;
    String what = input == null ? "no input" : input.toString();
    return "CallOptions[" + who + ", " + deadline + ", " + what + "]";
  }
}
