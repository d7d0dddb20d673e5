package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.models.Model;
import ai.powertools.models.Usd;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineTimeTest {
  private static final Usd PRICE = Usd.of("3.60");

  private final VirtualClock clock = VirtualClock.autoAdvancing();

  @Test
  void isPaidToTheNanosecond() {
    assertThat(MachineTime.cost(PRICE, Duration.ofHours(1))).isEqualTo(PRICE);
    assertThat(MachineTime.cost(PRICE, Duration.ofSeconds(1))).isEqualTo(Usd.of("0.001"));
    assertThat(MachineTime.cost(PRICE, Duration.ofNanos(1))).isEqualTo(Usd.of("0.000000000001"));
    assertThat(MachineTime.cost(PRICE, Duration.ZERO)).isEqualTo(Usd.ZERO);
  }

  @Test
  void isPaidUntilTheDeadlineOrForAnHourAtMost() {
    assertThat(MachineTime.worst(PRICE, Deadline.after(Duration.ofSeconds(10), clock)))
        .isEqualTo(Usd.of("0.01"));
    assertThat(MachineTime.worst(PRICE, Deadline.never())).isEqualTo(PRICE);
  }

  @Test
  void isACostOfOneLine() {
    assertThat(MachineTime.asCost(PRICE).total()).contains(PRICE);
  }

  @Test
  void endsAtTheHourThatABudgetWasAskedFor() {
    ScriptedProvider provider = ScriptedProvider.named("own", clock);
    LlmRouter router =
        LlmRouter.builder()
            .time(clock)
            .model(provider.model(Model.local("own", "m", 1_000)).perHour(PRICE))
            .build();

    router.route(Task.of("Hello").budget(PRICE));
    router.route(Task.of("Hello"));

    assertThat(provider.calls().get(0).deadline().remaining())
        .isLessThanOrEqualTo(Duration.ofHours(1));
    assertThat(provider.calls().get(1).deadline().isNever()).isTrue();
  }
}
