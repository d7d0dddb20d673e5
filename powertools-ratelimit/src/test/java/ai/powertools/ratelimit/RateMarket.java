package ai.powertools.ratelimit;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A vendor with a token bucket that nobody sees, and processes that use it, each with the limit of
 * the whole key as its own and always with something to send.
 */
final class RateMarket {
  private static final double PER_SECOND = 10;

  private final VirtualClock clock = VirtualClock.create();
  private final RandomInput input;
  private final List<Client> clients = new ArrayList<>();
  private double vendorsPerSecond = PER_SECOND;
  private double tokens = PER_SECOND;
  private long at;

  RateMarket(RandomInput input) {
    this.input = input;
  }

  void join(int count) {
    for (int i = 0; i < count; i++) {
      Client client = new Client();
      clients.add(client);
      clock.after(input.durations(Duration.ZERO, Duration.ofSeconds(1)), client::call);
    }
  }

  /** The vendor's limit becomes this share of what the processes believe it is. */
  void limitTo(double share) {
    vendorsPerSecond = PER_SECOND * share;
  }

  FairShare run(Duration time) {
    for (Client client : clients) {
      client.answered = 0;
      client.refused = 0;
    }
    clock.advance(time);
    return new FairShare(
        clients.stream().map(client -> client.answered).toList(),
        clients.stream().mapToLong(client -> client.refused).sum(),
        vendorsPerSecond * time.toSeconds());
  }

  private boolean admits() {
    long now = clock.nanos();
    tokens = Math.min(vendorsPerSecond, tokens + (now - at) / 1e9 * vendorsPerSecond);
    at = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** One process: it sends evenly, at the rate that its control thinks right. */
  private final class Client {
    private final AimdRate control = AimdRate.create();
    private long answered;
    private long refused;

    private void call() {
      clock.after(Duration.ofNanos((long) (1e9 / (PER_SECOND * control.factor()))), this::call);
      // Without a way that takes its time, who sends at the very rate of the bucket takes each
      // token in the moment that it is there, and nobody else ever finds one.
      clock.after(input.durations(Duration.ofMillis(10), Duration.ofMillis(200)), this::arrive);
    }

    private void arrive() {
      if (admits()) {
        answered++;
        Duration trip = input.durations(Duration.ofMillis(300), Duration.ofMillis(1500));
        clock.after(trip, () -> control.onSuccess(clock.instant()));
      } else {
        refused++;
        clock.after(Duration.ofMillis(50), () -> control.onThrottled(clock.instant()));
      }
    }
  }
}
