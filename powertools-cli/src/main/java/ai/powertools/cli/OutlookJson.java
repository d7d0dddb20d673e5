package ai.powertools.cli;

import ai.powertools.ratelimit.forecast.FitAnswer;
import ai.powertools.ratelimit.forecast.QuotaForecast;
import ai.powertools.ratelimit.forecast.QuotaOutlook;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** A forecast of quotas as one JSON object; rates per hour; what is not known is null. */
final class OutlookJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private OutlookJson() {}

  static String of(QuotaOutlook outlook, Optional<FitAnswer> answer) {
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode quotas = json.putArray("quotas");
    for (QuotaForecast forecast : outlook.forecasts()) {
      quotas
          .addObject()
          .put("name", forecast.quota().dimension().name())
          .put("amount", forecast.quota().amount())
          .put("window", forecast.quota().window().toString())
          .put("used", forecast.used())
          .put("left", forecast.left())
          .put("burn_rate", forecast.burnRate().likely())
          .put("safe_rate", forecast.safeRate())
          .put("exhausted_at", forecast.exhaustedAt().map(Instant::toString).orElse(null))
          .put("reset", forecast.reset().toString());
    }
    json.put(
        "first", outlook.first().map(forecast -> forecast.quota().dimension().name()).orElse(null));
    answer.ifPresent(
        one ->
            json.putObject("fit")
                .put("calls", one.calls())
                .put("fits", one.fits())
                .put("fitting", one.fitting())
                .put("until", one.until().toString())
                .put("last", one.last().map(Instant::toString).orElse(null))
                .put("in_the_way", one.inTheWay().orElse(null)));
    return json + "\n";
  }
}
