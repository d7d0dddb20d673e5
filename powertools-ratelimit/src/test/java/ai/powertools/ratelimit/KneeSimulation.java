package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that works on so many calls at once and lets the others queue, and never refuses. */
class KneeSimulation {
  private final VirtualClock clock = VirtualClock.create();
  private final RandomInput input = RandomInput.seeded();
  private final Gradient control = Gradient.builder().time(clock).build();
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int places;
  private int working;
  private int inFlight;
  private long answered;
  private double secondsInFlight;
  private long limits;

  private void fill() {
    while (inFlight < control.limit()) {
      inFlight++;
      int number = inFlight;
      long began = clock.nanos();
      queue.add(() -> work(number, began));
      begin();
    }
  }

  private void begin() {
    while (working < places && !queue.isEmpty()) {
      working++;
      queue.remove().run();
    }
  }

  private void work(int number, long began) {
    clock.after(
        input.durations(Duration.ofMillis(200), Duration.ofMillis(1800)),
        () -> {
          working--;
          inFlight--;
          answered++;
          Duration trip = clock.since(began);
          secondsInFlight += trip.toNanos() / 1e9;
          control.onEnd(trip, number, Outcome.SUCCESS);
          limits += control.limit();
          begin();
          fill();
        });
  }

  private String run(Duration time) {
    answered = 0;
    secondsInFlight = 0;
    limits = 0;
    clock.advance(time);
    return String.format(
        Locale.ROOT,
        "%d places: limit %.1f on average, throughput %.3f of what is possible, %.2f s a call",
        places,
        averageLimit(),
        throughput(time),
        secondsInFlight / answered);
  }

  private double averageLimit() {
    return (double) limits / answered;
  }

  private double throughput(Duration time) {
    return answered / (places * (double) time.toSeconds());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 16, 64})
  void findsTheKneeOfAQueueAndStaysThere(int places) {
    this.places = places;
    fill();
    clock.advance(Duration.ofHours(1));
    Duration time = Duration.ofHours(2);

    String result = run(time);

    System.out.println(result);
    assertThat(averageLimit()).as(input + ": " + result).isBetween(places * 0.9, places * 2.5);
    assertThat(throughput(time)).as(input + ": " + result).isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void followsAServerThatLosesThreeQuartersOfItsPlaces() {
    places = 32;
    fill();
    clock.advance(Duration.ofMinutes(30));
    places = 8;
    clock.advance(Duration.ofMinutes(10));
    Duration time = Duration.ofMinutes(30);

    String result = run(time);

    System.out.println("of 32 " + result);
    assertThat(averageLimit()).as(input + ": " + result).isBetween(7.0, 20.0);
    assertThat(throughput(time)).as(input + ": " + result).isGreaterThanOrEqualTo(0.85);
  }
}
