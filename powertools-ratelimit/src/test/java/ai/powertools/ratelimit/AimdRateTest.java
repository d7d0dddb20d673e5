package ai.powertools.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AimdRateTest {
  private static final Offset<Double> NEARLY = within(1e-9);

  private final VirtualClock clock = VirtualClock.create();

  private void succeed(AimdRate control, Duration every, int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(every);
      control.onSuccess(clock.instant());
    }
  }

  @Test
  void beginsWithAllAndStaysThere() {
    AimdRate control = AimdRate.create();
    succeed(control, Duration.ofSeconds(1), 10);
    assertThat(control.factor()).isEqualTo(1);
    assertThat(control).hasToString("1.00 of the limits");
  }

  @Test
  void cutsOncePerReactionTime() {
    AimdRate control = AimdRate.create();
    for (int i = 0; i < 10; i++) {
      control.onThrottled(clock.instant());
      clock.advance(Duration.ofMillis(199));
    }
    assertThat(control.factor()).isCloseTo(0.7, NEARLY);
    clock.advance(Duration.ofMillis(10));
    control.onThrottled(clock.instant());
    assertThat(control.factor()).isCloseTo(0.49, NEARLY);
  }

  @Test
  void growsByTimeAndNotByCalls() {
    AimdRate few = AimdRate.create();
    AimdRate many = AimdRate.create();
    few.onThrottled(clock.instant());
    many.onThrottled(clock.instant());
    clock.advance(Duration.ofSeconds(2));
    few.onSuccess(clock.instant());
    many.onSuccess(clock.instant());
    for (int i = 0; i < 200; i++) {
      clock.advance(Duration.ofMillis(100));
      many.onSuccess(clock.instant());
      if (i % 10 == 9) {
        few.onSuccess(clock.instant());
      }
    }
    assertThat(many.factor()).isCloseTo(few.factor(), within(0.001));
    assertThat(many.factor()).isBetween(0.78, 0.80); // 20 s of 0.005 times the root of 0.7 to 0.8
  }

  @Test
  void doesNotGrowInItsReactionTime() {
    AimdRate control = AimdRate.create();
    control.onSuccess(clock.instant());
    control.onThrottled(clock.instant());
    succeed(control, Duration.ofMillis(100), 19);
    assertThat(control.factor()).isCloseTo(0.7, NEARLY);
    succeed(control, Duration.ofMillis(100), 1);
    assertThat(control.factor()).isGreaterThan(0.7);
  }

  @Test
  void takesAPauseForOneReactionTimeOnly() {
    AimdRate control = AimdRate.create();
    control.onSuccess(clock.instant());
    control.onThrottled(clock.instant());
    succeed(control, Duration.ofHours(1), 1);
    assertThat(control.factor()).isCloseTo(0.7 + 2 * 0.005 * Math.sqrt(0.7), NEARLY);
  }

  @Test
  void comesBackToAllAndNoFurther() {
    AimdRate control = AimdRate.create();
    control.onThrottled(clock.instant());
    succeed(control, Duration.ofSeconds(1), 100);
    assertThat(control.factor()).isEqualTo(1);
  }

  @Test
  void doesNotFallBelowTheLeast() {
    AimdRate control =
        AimdRate.builder()
            .least(0.2)
            .decrease(0.5)
            .perSecond(0.1)
            .reaction(Duration.ofSeconds(1))
            .build();
    for (int i = 0; i < 5; i++) {
      control.onThrottled(clock.instant());
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(control.factor()).isEqualTo(0.2);
  }

  @Test
  void survivesAClockThatIsSetBack() {
    AimdRate control = AimdRate.create();
    control.onSuccess(clock.instant());
    control.onThrottled(clock.instant());
    control.onSuccess(clock.instant().minusSeconds(3600));
    assertThat(control.factor()).isCloseTo(0.7, NEARLY);
    control.onThrottled(clock.instant().minusSeconds(3600));
    assertThat(control.factor()).isCloseTo(0.49, NEARLY);
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThatThrownBy(() -> AimdRate.builder().least(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 0 and less than 1");
    assertThatThrownBy(() -> AimdRate.builder().perSecond(2).build()).hasMessageContaining("2.0");
    assertThatThrownBy(() -> AimdRate.builder().decrease(-1).build())
        .hasMessageContaining("A decrease of -1.0 makes no sense");
    assertThatThrownBy(() -> AimdRate.builder().reaction(Duration.ZERO).build())
        .hasMessage("A reaction time of PT0S makes no sense: give 1 ns to a day.");
    assertThatThrownBy(() -> AimdRate.builder().reaction(Duration.ofSeconds(-1)).build())
        .hasMessageContaining("PT-1S");
    assertThatThrownBy(() -> AimdRate.builder().reaction(Duration.ofDays(2)).build())
        .hasMessageContaining("PT48H");
  }
}
