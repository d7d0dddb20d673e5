package ai.powertools.cost;

import java.util.Arrays;
import java.util.Random;

/** Kinds of daily spending, as applications have them. */
enum SpendingSeries {
  /** Weekends at half the price of working days, a fifth of noise. */
  WEEKDAYS {
    @Override
    double day(int day, Random random) {
      return 10 * WEEK[day % WEEK.length] * Math.exp(0.2 * random.nextGaussian());
    }
  },
  /** The same, and one percent more every day. */
  GROWING {
    @Override
    double day(int day, Random random) {
      return WEEKDAYS.day(day, random) * Math.exp(0.01 * day);
    }
  },
  /** The same with days of five times as much, and of a fifth. */
  HEAVY_TAILED {
    @Override
    double day(int day, Random random) {
      return 5 * WEEK[day % WEEK.length] * Math.exp(0.9 * random.nextGaussian());
    }
  },
  /** No pattern, and one day in twenty at six times the price. */
  SPIKY {
    @Override
    double day(int day, Random random) {
      double noise = 10 * Math.exp(0.2 * random.nextGaussian());
      return random.nextDouble() < 0.05 ? 6 * noise : noise;
    }
  },
  /** No pattern at all. */
  FLAT {
    @Override
    double day(int day, Random random) {
      return Math.max(0, 10 + 3 * random.nextGaussian());
    }
  };

  private static final double[] WEEK = {1.2, 1.3, 1.25, 1.2, 1.1, 0.5, 0.45};

  abstract double day(int day, Random random);

  /** In dollars, from any day of the week on. */
  double[] days(int count, Random random) {
    int first = random.nextInt(WEEK.length);
    double[] days = new double[count];
    Arrays.setAll(days, i -> day(first + i, random));
    return days;
  }
}
