package ai.powertools.ratelimit.forecast;

/** Of a window that moves along, to a slot of its meter. */
record RollingCount(BurnMeter meter) implements Count {
  @Override
  public void add(long amount) {
    meter.record(amount);
  }

  @Override
  public long count() {
    return meter.total();
  }
}
