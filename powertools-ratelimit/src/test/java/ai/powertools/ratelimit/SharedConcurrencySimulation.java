package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several processes whose vendor refuses calls beyond so many at once, and does not say how many.
 */
class SharedConcurrencySimulation {
  private static final Duration WARM_UP = Duration.ofMinutes(5);
  private static final Duration MEASURED = Duration.ofMinutes(20);
  private static final double SECONDS_PER_CALL = 1.0;

  private final VirtualClock clock = VirtualClock.create();
  private final RandomInput input = RandomInput.seeded();
  private int most;
  private int inFlight;

  /** One that keeps as many calls in flight as it thinks right, and waits a second when refused. */
  private final class Client {
    private final Aimd control = Aimd.builder().time(clock).build();
    private int mine;
    private long answered;
    private long refused;

    private void fill() {
      while (mine < control.limit()) {
        mine++;
        call(mine);
      }
    }

    private void call(int number) {
      if (inFlight < most) {
        inFlight++;
        answered++;
        Duration trip = input.durations(Duration.ofMillis(500), Duration.ofMillis(1500));
        clock.after(
            trip,
            () -> {
              inFlight--;
              end(trip, number, Outcome.SUCCESS);
            });
      } else {
        refused++;
        Duration trip = Duration.ofMillis(50);
        clock.after(
            trip,
            () -> {
              control.onEnd(trip, number, Outcome.THROTTLED);
              clock.after(Duration.ofSeconds(1), this::leave);
            });
      }
    }

    private void end(Duration trip, int number, Outcome outcome) {
      control.onEnd(trip, number, outcome);
      leave();
    }

    private void leave() {
      mine--;
      fill();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,20", "3,60", "10,100"})
  void sharesAnUnknownConcurrencyFairly(int processes, int atOnce) {
    most = atOnce;
    Client[] clients = new Client[processes];
    for (int i = 0; i < processes; i++) {
      clients[i] = new Client();
      clock.after(input.durations(Duration.ZERO, Duration.ofSeconds(9)), clients[i]::fill);
    }
    clock.advance(WARM_UP);
    for (Client client : clients) {
      client.answered = 0;
      client.refused = 0;
    }
    clock.advance(MEASURED);

    FairShare share =
        new FairShare(
            Arrays.stream(clients).map(client -> client.answered).toList(),
            Arrays.stream(clients).mapToLong(client -> client.refused).sum(),
            atOnce * MEASURED.toSeconds() / SECONDS_PER_CALL);
    System.out.println(processes + " processes share " + atOnce + " calls at once: " + share);
    assertThat(share.jain()).as(input + ": " + share).isGreaterThanOrEqualTo(0.9);
    assertThat(share.utilisation()).as(input + ": " + share).isGreaterThanOrEqualTo(0.75);
    assertThat(share.refusedShare()).as(input + ": " + share).isLessThanOrEqualTo(0.1);
  }
}
