package ai.powertools.retry.report;

import java.util.concurrent.atomic.AtomicLong;

/** Lets through a share of the events, evenly spread. */
final class SampledSink implements ErrorSink {
  private final ErrorSink sink;
  private final double share;
  private final AtomicLong seen = new AtomicLong();

  SampledSink(ErrorSink sink, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "A share of " + share + " can't be taken: give more than 0, and at most 1.");
    }
    this.sink = sink;
    this.share = share;
  }

  @Override
  public void accept(ErrorEvent event) {
    long before = seen.getAndIncrement();
    // The first one is taken, and then one whenever the share of those seen passes a whole number.
    if (Math.ceil(before * share) < Math.ceil((before + 1) * share)) {
      sink.accept(event);
    }
  }
}
