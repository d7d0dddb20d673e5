package ai.powertools.router;

import ai.powertools.core.Time;
import ai.powertools.models.ModelCatalog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all calls of a router share on their way through its models. */
final class Engine {
  final Map<String, Contender> contenders;
  final List<Interceptor> perCandidate;
  final List<RouterListener> listeners;
  final ModelCatalog catalog;
  final Experience experience;
  final WarmCaches warm;
  final Fallback fallback;
  final @Nullable Cascade cascade;
  final @Nullable Hedge hedge;
  final Executor threads;
  final Time time;

  /** How many calls there were, and how many of them were hedged. */
  final AtomicLong calls = new AtomicLong();

  final AtomicLong hedged = new AtomicLong();

  Engine(
      Map<String, Contender> contenders,
      List<Interceptor> perCandidate,
      List<RouterListener> listeners,
      ModelCatalog catalog,
      Experience experience,
      WarmCaches warm,
      Fallback fallback,
      @Nullable Cascade cascade,
      @Nullable Hedge hedge,
      Executor threads,
      Time time) {
    this.contenders = contenders;
    this.perCandidate = perCandidate;
    this.listeners = listeners;
    this.catalog = catalog;
    this.experience = experience;
    this.warm = warm;
    this.fallback = fallback;
    this.cascade = cascade;
    this.hedge = hedge;
    this.threads = threads;
    this.time = time;
  }

  Contender contender(Offer offer) {
    Contender contender = contenders.get(offer.label());
    if (contender == null) {
      throw new IllegalStateException(
          "A strategy offers " + offer.label() + ", which the router does not have.");
    }
    return contender;
  }

  /** Tells the listeners, if there are any. */
  void tell(Supplier<RouterEvent> event) {
    if (!listeners.isEmpty()) {
      RouterEvent told = event.get();
      for (RouterListener listener : listeners) {
        try {
          listener.on(told);
        } catch (RuntimeException e) {
          // A listener watches; that it fails is no reason for the call to.
        }
      }
    }
  }

  /** Whether one more call may be hedged, and counts it if so. */
  boolean mayHedge(double share) {
    while (true) {
      long before = hedged.get();
      if (before + 1 > Math.max(1, share * calls.get()) || share == 0) {
        return false;
      }
      if (hedged.compareAndSet(before, before + 1)) {
        return true;
      }
    }
  }

  /** Takes a hedge back that came to nothing. */
  void didNotHedge() {
    hedged.decrementAndGet();
  }

  /** The deployments that are served with the same key. */
  List<Contender> sharingTheKeyOf(Contender contender) {
    return contenders.values().stream()
        .filter(other -> other.provider() == contender.provider())
        .toList();
  }
}
