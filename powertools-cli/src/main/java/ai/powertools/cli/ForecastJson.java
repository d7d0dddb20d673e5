package ai.powertools.cli;

import ai.powertools.cost.Accuracy;
import ai.powertools.cost.Budget;
import ai.powertools.cost.DayForecast;
import ai.powertools.cost.Exhaustion;
import ai.powertools.cost.Forecast;
import ai.powertools.cost.Interval;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** A forecast as one JSON object. Amounts are decimal strings; what is not known is null. */
final class ForecastJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int SHARE_DIGITS = 4;

  private final ObjectNode json = MAPPER.createObjectNode();

  ForecastJson(Forecast forecast) {
    json.put("as_of", forecast.asOf().toString())
        .put("first", forecast.first().toString())
        .put("last", forecast.last().toString())
        .put("spent_usd", forecast.spent().toString())
        .put("expected_usd", forecast.expected().toString());
    interval("interval80", forecast.interval80());
    interval("interval95", forecast.interval95());
    json.put("burn_rate_usd", forecast.burnRate().toString()).put("method", forecast.method());
    forecast.accuracy().ifPresentOrElse(this::accuracy, () -> json.putNull("accuracy"));
    ArrayNode days = json.putArray("days");
    for (DayForecast day : forecast.days()) {
      days.addObject()
          .put("day", day.day().toString())
          .put("expected_usd", day.expected().toString())
          .put("low_usd", day.low().toString())
          .put("high_usd", day.high().toString());
    }
  }

  /** When a budget will be used up. */
  void budget(Budget budget, Exhaustion end) {
    json.putObject("budget")
        .put("limit_usd", budget.limit().toString())
        .put("expected", end.expected().map(LocalDate::toString).orElse(null))
        .put("earliest", end.earliest().map(LocalDate::toString).orElse(null))
        .put("probability", share(end.probability()));
  }

  private void interval(String name, Interval interval) {
    json.putObject(name)
        .put("low_usd", interval.low().toString())
        .put("high_usd", interval.high().toString());
  }

  private void accuracy(Accuracy accuracy) {
    json.putObject("accuracy")
        .put("forecasts", accuracy.forecasts())
        .put("wape", share(accuracy.wape()))
        .put("daily_wape", share(accuracy.dailyWape()))
        .put("bias", share(accuracy.bias()))
        .put("coverage80", share(accuracy.coverage80()))
        .put("coverage95", share(accuracy.coverage95()))
        .put("run_rate_wape", share(accuracy.runRateWape()));
  }

  private static BigDecimal share(double value) {
    return BigDecimal.valueOf(value).setScale(SHARE_DIGITS, RoundingMode.HALF_UP);
  }

  @Override
  public String toString() {
    return json + "\n";
  }
}
