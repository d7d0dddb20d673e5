package ai.powertools.cli;

import java.time.Instant;
import java.time.InstantSource;

/** Takes it to be when the event happened that is being read. For one thread. */
final class EventClock implements InstantSource {
  private Instant now;

  EventClock(Instant begin) {
    this.now = begin;
  }

  void is(Instant moment) {
    now = moment;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
