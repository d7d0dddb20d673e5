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
            admission.refuseTheHopeless(waiter.place(), now);
            admission.settle(waiter.path, now);
          }
        });
  }
}
