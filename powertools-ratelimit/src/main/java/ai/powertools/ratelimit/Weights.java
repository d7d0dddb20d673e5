package ai.powertools.ratelimit;

import java.util.function.ToIntFunction;

/** The shares of those who wait: of each priority, and of each tenant within one. */
record Weights(int high, int normal, int low, ToIntFunction<String> tenants) {
  static final Weights DEFAULT = new Weights(16, 4, 1, tenant -> 1);

  Weights {
    require(high);
    require(normal);
    require(low);
  }

  private static void require(int weight) {
    Limit.requireCount("A weight", weight, 1);
  }

  int of(Priority priority) {
    return switch (priority) {
      case HIGH -> high;
      case NORMAL -> normal;
      case LOW -> low;
    };
  }

  /**
   * The weight of a tenant. Code of the user: not to be called under the gate's guard.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  int of(String tenant) {
    int weight = tenants.applyAsInt(tenant);
    Limit.requireCount("The weight of tenant \"" + tenant + "\"", weight, 1);
    return weight;
  }
}
