package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place as a test sees it from outside: what it may let through, and all that it did. The law is
 * checked by adding up, charge by charge, every window that ends now.
 */
final class ModelPlace {
  final List<String> keys;
  private final List<ModelCharge> charges = new ArrayList<>();
  private final Map<Limit, Integer> since = new HashMap<>();
  private Limits limits;
  private long closedUntil;

  ModelPlace(List<String> keys, Limits limits) {
    this.keys = keys;
    this.limits = limits;
  }

  String[] at() {
    return keys.toArray(String[]::new);
  }

  Limits limits() {
    return limits;
  }

  long closedUntil() {
    return closedUntil;
  }

  void close(long until) {
    closedUntil = Math.max(closedUntil, until);
  }

  /** Under other limits what was let through before is known to nobody but the level. */
  void change(Limits changed) {
    for (Limit limit : changed.list()) {
      if (!limits.list().contains(limit)) {
        since.put(limit, charges.size());
      }
    }
    limits = changed;
  }

  Optional<Limit> impossible(Demand demand) {
    return limits.list().stream()
        .filter(limit -> demand.amount(limit.dimension()) > limit.largest())
        .findFirst();
  }

  void charge(ModelCharge charge) {
    charges.add(charge);
  }

  /** A call of this demand was just let through. */
  void checkTheLaw(Demand demand, long now, int inFlight, String label) {
    assertThat(now).as("%s: closed %s", label, keys).isGreaterThanOrEqualTo(closedUntil);
    limits
        .concurrency()
        .ifPresent(most -> assertThat(inFlight).as("%s %s", label, keys).isLessThanOrEqualTo(most));
    for (Limit limit : limits.list()) {
      if (limit.counting() == Counting.TOKEN_BUCKET) {
        checkBucket(limit, demand, now, label);
      } else {
        checkWindow(limit, now, label);
      }
    }
  }

  private void checkBucket(Limit limit, Demand demand, long now, String label) {
    long window = limit.window().toNanos();
    long atOnce = Math.max(limit.burst(), demand.amount(limit.dimension()));
    long sum = 0;
    for (int i = charges.size() - 1; i >= since.getOrDefault(limit, 0); i--) {
      ModelCharge charge = charges.get(i);
      sum += charge.of(limit.dimension());
      long allowed = atOnce * window + limit.amount() * (now - charge.at);
      if (sum * window > allowed) {
        throw broken(limit, sum, now - charge.at, now, label);
      }
    }
  }

  private void checkWindow(Limit limit, long now, String label) {
    long sum = 0;
    for (int i = charges.size() - 1; i >= since.getOrDefault(limit, 0); i--) {
      ModelCharge charge = charges.get(i);
      if (charge.at <= now - limit.window().toNanos()) {
        break;
      }
      sum += charge.of(limit.dimension());
    }
    if (sum > limit.amount()) {
      throw broken(limit, sum, limit.window().toNanos(), now, label);
    }
  }

  private AssertionError broken(Limit limit, long sum, long span, long now, String label) {
    return new AssertionError(
        "%s: %d of %s (%s, burst %d) at %s in the %d ns up to %d"
            .formatted(label, sum, limit, limit.counting(), limit.burst(), keys, span, now));
  }
}
