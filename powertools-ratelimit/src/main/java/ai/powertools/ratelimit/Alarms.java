package ai.powertools.ratelimit;

/** What a gate does when a moment has come that somebody waits for. */
final class Alarms implements Admission.Bell {
  private final Gate gate;

  Alarms(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void turn(Node node, long due) {
    gate.guarded(
        now -> {
          if (node.alarmAt == due) {
            node.alarmAt = Level.NEVER;
          }
          gate.admission().endLeases(now);
          gate.admission().serve(node, now);
        });
  }

  @Override
  public void over(Waiter waiter) {
    gate.guarded(
        now -> {
          Admission admission = gate.admission();
          admission.endLeases(now);
          admission.settle(waiter.path, now);
          if (waiter.waits) {
            giveUpOnAnswer(waiter, now);
            admission.refuseTheHopeless(waiter.place(), now);
            admission.settle(waiter.path, now);
          }
        });
  }

  /** Who waits for nothing but an answer that does not come, goes by what was said for that. */
  private void giveUpOnAnswer(Waiter waiter, long now) {
    Node place = waiter.place();
    if (place.supply != null && place.awaitsAnswer(waiter, now)) {
      place.supply.givenUp(now);
      gate.admission().settle(waiter.path, now);
    }
  }
}
