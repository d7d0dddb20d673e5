package ai.powertools.ratelimit;

import org.jspecify.annotations.Nullable;

/** What is charged where, and the permits that are out. Guarded by the gate's guard. */
final class Accounts {
  private final String limiter;
  private final Places places;
  private final Outbox outbox;
  private final InFlight inFlight;
  private @Nullable Supply supply;
  private long charges;

  Accounts(GateSettings settings, Places places, Outbox outbox) {
    this.limiter = settings.name();
    this.places = places;
    this.outbox = outbox;
    this.inFlight = new InFlight(settings.leaseNanos());
  }

  /** From now on calls need something from here, too. */
  void shareBy(Supply supply) {
    this.supply = supply;
  }

  InFlight inFlight() {
    return inFlight;
  }

  /** The number of the last charge. */
  long charges() {
    return charges;
  }

  /**
   * Refuses to take for good where calls at once are counted.
   *
   * @throws IllegalStateException then
   */
  void requireNothingBack(Node[] path) {
    for (Node node : path) {
      if (node.countsCalls()) {
        throw new IllegalStateException(
            "Limiter \"%s\" counts %s, so a permit has to come back: use tryAcquire and close it."
                .formatted(limiter, Reasons.at(node, "calls at once")));
      }
    }
  }

  /**
   * Takes for good at one place, if it is there, nobody waits and nothing runs. May say no though
   * it could go.
   */
  boolean takeIfThere(Node node, Amounts amounts, long now) {
    return inFlight.size() == 0 && node.takeIfThere(amounts, charges, now);
  }

  /** Takes for good: nothing comes back, and nothing is corrected. */
  void take(Node[] path, Amounts amounts, long now) {
    boolean corrections = inFlight.size() > 0;
    if (corrections) {
      charges++;
    }
    for (Node node : path) {
      if (corrections) {
        node.charge(amounts, charges, inFlight.oldest(charges));
      } else {
        node.take(amounts, charges);
      }
    }
    if (supply != null) {
      supply.take(null, amounts, now);
    }
  }

  /** Lets a call go that has been waiting since then. */
  Permit admit(Gate gate, Demand demand, Node[] path, long since, long now) {
    charges++;
    Permit permit = new Permit(gate, demand, path, charges, now);
    inFlight.add(permit, now);
    long oldest = inFlight.oldest(charges);
    for (Node node : path) {
      node.inFlight++;
      node.charge(demand.amounts(), charges, oldest);
    }
    permit.inFlightAtStart = places.provider(path).inFlight;
    if (supply != null) {
      supply.take(permit, demand.amounts(), now);
    }
    outbox.granted(demand, now - since);
    return permit;
  }

  /** Somebody else may be in flight in its place. */
  void comeBack(Permit permit) {
    inFlight.remove(permit);
    for (Node node : permit.path) {
      node.inFlight--;
    }
    if (supply != null) {
      supply.ended(permit);
    }
  }

  /** Corrects what a permit was charged before to what it is charged now, at all its places. */
  void correct(Permit permit, Amounts before, long now) {
    charges++;
    long oldest = inFlight.oldest(charges);
    for (Node node : permit.path) {
      node.correct(before, permit, charges, oldest, now);
    }
    if (supply != null) {
      supply.correct(permit, before, now);
    }
  }
}
