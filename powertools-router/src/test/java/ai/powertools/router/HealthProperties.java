package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any interleaving of calls that come, answer, fail and leave, against a plain model. */
class HealthProperties {
  private static final int CASES = RandomInput.size("powertools.model.operations", 2_000);

  /** What came of a call that was let in, as the plain model sees it. */
  private record Inside(Health.Entry entry, int period) {}

  /** The plain model: one period follows the other, and only its own calls count. */
  private static final class Model {
    private final Cooldown cooldown;
    private Health.Phase phase = Health.Phase.READY;
    private int period;
    private int failures;
    private int times;
    private long until;
    private boolean probing;

    Model(Cooldown cooldown) {
      this.cooldown = cooldown;
    }

    boolean opens(long now) {
      return switch (phase) {
        case READY -> true;
        case OUT -> false;
        case COOLING -> !probing && now >= until;
      };
    }

    void begin(Health.Phase next) {
      phase = next;
      period++;
      failures = 0;
      probing = false;
      if (next == Health.Phase.READY) {
        times = 0;
      }
    }

    void succeeded(Inside call) {
      if (call.period() == period) {
        if (phase == Health.Phase.COOLING) {
          begin(Health.Phase.READY);
        }
        failures = 0;
      }
    }

    void left(Inside call) {
      if (call.period() == period && call.entry().probe()) {
        probing = false;
      }
    }

    void failed(Inside call, Health.Severity severity, Duration asked, long now) {
      boolean current = call.period() == period;
      if (phase == Health.Phase.OUT || (!current && phase == Health.Phase.READY)) {
        return;
      }
      if (severity == Health.Severity.LASTING) {
        begin(Health.Phase.OUT);
      } else if (!current) {
        until = asked.isZero() ? until : Math.max(until, now + asked.toNanos());
      } else if (phase == Health.Phase.READY
          && severity == Health.Severity.PASSING
          && failures + 1 < cooldown.failures()) {
        failures++;
      } else {
        boolean quota = severity == Health.Severity.QUOTA;
        long begin = (quota ? cooldown.quota() : cooldown.first()).toNanos();
        long longest = Math.max(cooldown.longest().toNanos(), begin);
        long lasting = begin;
        for (int i = 0; i < times && lasting < longest; i++) {
          lasting = Math.min(longest, lasting * (long) cooldown.factor());
        }
        if (!asked.isZero() && (times == 0 || asked.toNanos() > lasting)) {
          lasting = asked.toNanos();
        }
        begin(Health.Phase.COOLING);
        times++;
        until = now + lasting;
      }
    }
  }

  @Test
  void agreesWithThePlainModelWhateverHappens() {
    RandomInput.check(CASES, HealthProperties::interleaving);
  }

  private static void interleaving(RandomInput input) {
    Duration first = Duration.ofMillis(input.ints(1, 50));
    Cooldown cooldown =
        new Cooldown(
            input.ints(1, 4),
            first,
            input.ints(1, 4),
            first.multipliedBy(input.ints(1, 20)),
            Duration.ofMillis(input.ints(1, 200)));
    Health health = new Health(cooldown);
    Model model = new Model(cooldown);
    List<Inside> inside = new ArrayList<>();
    long now = input.longs(-1_000_000_000_000L, 1_000_000_000_000L);
    for (int step = 0; step < 120; step++) {
      now += input.chance(0.5) ? 0 : input.longs(0, Duration.ofMillis(60).toNanos());
      switch (input.ints(0, inside.isEmpty() ? 1 : 5)) {
        case 0 -> {
          Health.Entry entry = health.enter(now);
          assertThat(entry != null).as("let in").isEqualTo(model.opens(now));
          if (entry != null) {
            assertThat(entry.probe()).isEqualTo(model.phase == Health.Phase.COOLING);
            model.probing |= entry.probe();
            inside.add(new Inside(entry, model.period));
          }
        }
        case 1 -> {
          Inside call = inside.remove(input.ints(0, inside.size()));
          health.succeeded(call.entry());
          model.succeeded(call);
        }
        case 2 -> {
          Inside call = inside.remove(input.ints(0, inside.size()));
          health.left(call.entry());
          model.left(call);
        }
        default -> {
          Inside call = inside.remove(input.ints(0, inside.size()));
          Health.Severity severity =
              input.chance(0.1)
                  ? Health.Severity.LASTING
                  : input.oneOf(
                      Health.Severity.PASSING, Health.Severity.BUSY, Health.Severity.QUOTA);
          Duration asked =
              input.chance(0.7) ? Duration.ZERO : Duration.ofMillis(input.ints(1, 300));
          int before = model.period;
          boolean news =
              health.failed(call.entry(), severity, asked.isZero() ? null : asked, "why", now);
          model.failed(call, severity, asked, now);
          assertThat(news).as("news").isEqualTo(model.period != before);
        }
      }
      if (input.chance(0.02)) {
        health.reinstate();
        model.begin(Health.Phase.READY);
      }
      assertThat(health.state().phase()).isEqualTo(model.phase);
      assertThat(health.state().probing()).isEqualTo(model.probing);
      if (model.phase == Health.Phase.COOLING) {
        assertThat(health.state().until()).isEqualTo(model.until);
      }
    }
  }
}
