package ai.powertools.ratelimit.simulation;

/** Counts how calls fare. Not thread-safe. */
final class ServedCount {
  private final WaitSample waits = new WaitSample();
  private long asked;
  private long refused;

  void asked() {
    asked++;
  }

  void granted(long wait) {
    waits.add(wait);
  }

  void refused() {
    refused++;
  }

  Served as(String who) {
    return new Served(who, waits.size(), refused, asked - waits.size() - refused, waits.times());
  }
}
