package ai.powertools.ratelimit.simulation;

import java.time.Duration;
import java.util.List;

/** Reads the text of a traffic. */
final class TrafficNotation {
  private static final double MINUTE = Duration.ofMinutes(1).toNanos();

  private TrafficNotation() {}

  static Traffic parse(String text) {
    Settings settings = Settings.parse("traffic", text).once();
    Traffic traffic = Traffic.of(1, Duration.ofMinutes(10));
    boolean rated = false;
    boolean ends = false;
    for (Settings.Item item : settings.items()) {
      traffic = with(traffic, settings, item);
      rated |= item.name().equals("rate");
      ends |= item.name().equals("for");
    }
    if (!rated || !ends) {
      throw new IllegalArgumentException(
          "A traffic needs rate and for at least, as in rate=50/m, for=10m.");
    }
    return traffic;
  }

  private static Traffic with(Traffic traffic, Settings settings, Settings.Item item) {
    return settings.read(
        item,
        value ->
            switch (item.name()) {
              case "rate" -> rate(traffic, Per.parse(value));
              case "for" -> lasting(traffic, Notation.span(value));
              case "tokens" -> traffic.tokens(LimitNotation.amount(value));
              case "takes" -> traffic.takes(Notation.span(value));
              case "burst" -> {
                Per burst = Per.parse(value);
                yield traffic.burst(Math.toIntExact(Math.min(burst.amount, 1 << 30)), burst.window);
              }
              case "tenants" -> traffic.tenants(List.of(value.split("\\s+", -1)));
              case "patience" -> traffic.patience(Notation.span(value));
              case "seed" -> traffic.seed(LimitNotation.amount(value));
              default ->
                  throw new IllegalArgumentException(
                      "there is no such item; there are rate, for, tokens, takes, burst, tenants,"
                          + " patience and seed.");
            });
  }

  private static Traffic rate(Traffic traffic, Per rate) {
    return new Traffic(
        rate.amount * MINUTE / rate.window.toNanos(),
        traffic.length(),
        traffic.tokens(),
        traffic.takes(),
        traffic.burst(),
        traffic.burstEvery(),
        traffic.tenants(),
        traffic.patience(),
        traffic.seed());
  }

  private static Traffic lasting(Traffic traffic, Duration length) {
    return new Traffic(
        traffic.callsPerMinute(),
        length,
        traffic.tokens(),
        traffic.takes(),
        traffic.burst(),
        traffic.burstEvery(),
        traffic.tenants(),
        traffic.patience(),
        traffic.seed());
  }

  private record Per(long amount, Duration window) {
    static Per parse(String value) {
      int slash = value.indexOf('/');
      if (slash < 0) {
        throw new IllegalArgumentException("write an amount and a window, as in 50/m.");
      }
      Duration window = Notation.span(value.substring(slash + 1).strip());
      if (window.isZero()) {
        throw new IllegalArgumentException("a window is longer than 0.");
      }
      return new Per(LimitNotation.amount(value.substring(0, slash).strip()), window);
    }
  }
}
