package ai.powertools.ratelimit;

import static java.util.Objects.requireNonNull;

import ai.powertools.core.Time;
import ai.powertools.ratelimit.shared.Grant;
import ai.powertools.ratelimit.shared.SharedLimits;
import ai.powertools.ratelimit.shared.SharedTake;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is said to the server that keeps shared limits. Under the gate's guard it is only noted; it
 * is sent when the guard is free.
 */
final class Wire {
  private static final Duration DAY = Duration.ofDays(1);

  private final SharedLimits shared;
  private final String key;
  private final Limits limits;
  private final Sharing sharing;
  private final Time time;
  private final Outbox outbox;

  Wire(GateSettings.SharedBy shared, Limits limits, Time time, Outbox outbox) {
    this.shared = shared.limits();
    this.key = shared.key();
    this.limits = limits;
    this.sharing = shared.sharing();
    this.time = time;
    this.outbox = outbox;
  }

  /** Who is told the answer. */
  interface Listener {
    void answered(SharedTake take, @Nullable Grant grant, @Nullable Throwable failure);
  }

  void ask(SharedTake take, Listener listener) {
    outbox.errand(() -> send(take, listener));
  }

  private void send(SharedTake take, Listener listener) {
    CompletableFuture<Grant> inTime = new CompletableFuture<>();
    Time.Timer timeout =
        time.after(
            sharing.answerWithin(),
            () ->
                inTime.completeExceptionally(
                    new TimeoutException("No answer within " + sharing.answerWithin() + ".")));
    var unused =
        inTime.whenComplete(
            (grant, failure) -> {
              timeout.cancel();
              listener.answered(take, grant, failure == null ? null : cause(failure));
            });
    var unusedToo =
        sent(() -> shared.take(take))
            .whenComplete(
                (grant, failure) -> {
                  if (failure != null) {
                    inTime.completeExceptionally(failure);
                  } else if (!inTime.complete(grant)) {
                    undo(take, grant);
                  }
                });
  }

  /** A grant has come when nobody waited for it any more. */
  private void undo(SharedTake take, Grant grant) {
    if (grant.granted()) {
      sendBack(grant.amounts(), grant.stamp());
      take.lease().ifPresent(lease -> ignore(() -> shared.release(key, lease)));
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Takes ahead what was used beyond an estimate, as much as there can be. */
  void chargeMore(Map<Dimension, Long> more) {
    Map<Dimension, Long> possible = new HashMap<>(more);
    for (Limit limit : limits.list()) {
      possible.computeIfPresent(
          limit.dimension(), (dimension, count) -> Math.min(count, limit.largest()));
    }
    SharedTake take = new SharedTake(key, limits, possible, Map.of(), DAY, Optional.empty(), DAY);
    outbox.errand(() -> ignore(() -> shared.take(take)));
  }

  void giveBack(Map<Dimension, Long> amounts, long stamp) {
    if (amounts.values().stream().anyMatch(count -> count != 0)) {
      outbox.errand(() -> sendBack(amounts, stamp));
    }
  }

  private void sendBack(Map<Dimension, Long> amounts, long stamp) {
    Map<Dimension, Long> some = new HashMap<>(amounts);
    some.values().removeIf(count -> count == 0);
    if (!some.isEmpty()) {
      ignore(() -> shared.giveBack(key, limits, some, stamp));
    }
  }

  void release(String lease) {
    outbox.errand(() -> ignore(() -> shared.release(key, lease)));
  }

  void renew(List<String> leases) {
    outbox.errand(() -> ignore(() -> shared.renew(key, leases, sharing.lease())));
  }

  void backOff(Duration pause) {
    outbox.errand(() -> ignore(() -> shared.backOff(key, pause)));
  }

  /** What goes back and does not arrive comes in again by itself, or lapses. */
  private static <T> void ignore(Supplier<CompletableFuture<T>> errand) {
    var unused = sent(errand).exceptionally(lost -> null);
  }

  /** Who throws in place of an answer must not keep anybody waiting for what else is to be told. */
  private static <T> CompletableFuture<T> sent(Supplier<CompletableFuture<T>> errand) {
    try {
      return requireNonNull(errand.get(), "The server of shared limits gave no future.");
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
