package ai.powertools.ratelimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was decided under the gate's guard and has to be told outside of it. Guarded by it, but for
 * {@link Mail#send}.
 */
final class Outbox {
  /** A listener to whom nothing has to be told. */
  static final Consumer<LimiterEvent> NOBODY = event -> {};

  private final String limiter;
  private final Consumer<LimiterEvent> listener;
  private final boolean listens;
  private List<Waiter> decided = new ArrayList<>();
  private List<LimiterEvent> events = new ArrayList<>();
  private List<Runnable> errands = new ArrayList<>();

  Outbox(String limiter, Consumer<LimiterEvent> listener) {
    this.limiter = limiter;
    this.listener = listener;
    this.listens = listener != NOBODY;
  }

  /** What was taken out of the box, to be sent without the guard. */
  record Mail(
      List<Waiter> decided,
      List<LimiterEvent> events,
      List<Runnable> errands,
      Consumer<LimiterEvent> listener) {
    void send() {
      errands.forEach(Runnable::run);
      decided.forEach(Waiter::tell);
      events.forEach(this::tell);
    }

    private void tell(LimiterEvent event) {
      try {
        listener.accept(event);
      } catch (RuntimeException | Error e) {
        // A listener that fails must not cost anybody a permit.
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }

  boolean isEmpty() {
    return decided.isEmpty() && events.isEmpty() && errands.isEmpty();
  }

  Mail takeOut() {
    Mail mail = new Mail(decided, events, errands, listener);
    decided = new ArrayList<>();
    events = new ArrayList<>();
    errands = new ArrayList<>();
    return mail;
  }

  boolean listens() {
    return listens;
  }

  void decided(Waiter waiter) {
    decided.add(waiter);
  }

  /** Something to be done outside of the guard. */
  void errand(Runnable errand) {
    errands.add(errand);
  }

  void granted(Demand demand, long waited) {
    if (listens) {
      events.add(new LimiterEvent.Granted(limiter, demand, Duration.ofNanos(waited)));
    }
  }

  void refused(Demand demand, Refusal refusal, String limit, long waited) {
    if (listens) {
      events.add(
          new LimiterEvent.Refused(limiter, demand, refusal, limit, Duration.ofNanos(waited)));
    }
  }

  void gaveUp(Demand demand, long waited) {
    if (listens) {
      events.add(new LimiterEvent.GaveUp(limiter, demand, Duration.ofNanos(waited)));
    }
  }

  void ended(Permit permit, long now) {
    if (listens) {
      events.add(new LimiterEvent.Ended(limiter, permit.demand(), permit.heldAt(now)));
    }
  }

  void leaseEnded(Permit permit, long now) {
    if (listens) {
      events.add(new LimiterEvent.LeaseEnded(limiter, permit.demand(), permit.heldAt(now)));
    }
  }

  void closed(Node place, long nanos) {
    if (listens) {
      events.add(new LimiterEvent.Closed(limiter, place.label, Duration.ofNanos(nanos)));
    }
  }

  void changed(Node place) {
    if (listens) {
      events.add(new LimiterEvent.Changed(limiter, place.label, place.limits()));
    }
  }
}
