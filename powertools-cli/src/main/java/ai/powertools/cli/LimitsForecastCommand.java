package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Demand;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.forecast.FitAnswer;
import ai.powertools.ratelimit.forecast.Quota;
import ai.powertools.ratelimit.forecast.QuotaForecast;
import ai.powertools.ratelimit.forecast.QuotaOutlook;
import ai.powertools.ratelimit.simulation.Policy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how long quotas last, and whether so many calls still fit. */
@Command(
    name = "forecast",
    description = "How long a quota lasts, which rate is safe, and whether calls still fit.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A quota is NAME=AMOUNT/WINDOW: tokens=2M/day, requests=1000/month, tokens=1M/24h. Hours,",
      "days, weeks and months are those of --zone; 24h is any span of that length. What is used",
      "is taken to go on at the rate of the window so far. Ends with code 4 if calls do not fit."
    })
final class LimitsForecastCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--limit",
      paramLabel = "QUOTA",
      required = true,
      description = "A quota, as in tokens=2M/day. May be repeated.")
  private List<String> quotas = new ArrayList<>();

  @Option(
      names = "--used",
      paramLabel = "NAME=AMOUNT",
      description = "What of it was used in this window. May be repeated.")
  private Map<String, String> used = new LinkedHashMap<>();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Whose midnight counts; ${DEFAULT-VALUE} by default.")
  private String zone = "";

  @Option(names = "--calls", paramLabel = "N", description = "Say whether so many calls still fit.")
  private @Nullable String calls;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "0",
      description = "What each of these calls takes.")
  private String tokens = "";

  @Option(
      names = "--until",
      paramLabel = "MOMENT",
      description = "Before when, as in 2026-11-28T00:00:00Z; the first reset by default.")
  private @Nullable String until;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description = "The limits that they have to go through, as in requests=60/m.")
  private @Nullable String policy;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  LimitsForecastCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    QuotaOutlook outlook = QuotaOutlook.of(forecasts()).through(limits(), Duration.ZERO);
    Optional<FitAnswer> answer = Optional.ofNullable(calls).map(asked -> answer(outlook, asked));
    if (json) {
      terminal.out().print(OutlookJson.of(outlook, answer));
    } else {
      terminal.out().println(outlook.text());
      answer.ifPresent(one -> terminal.out().println(one));
    }
    terminal.out().flush();
    return (answer.map(FitAnswer::fits).orElse(true) ? ExitCode.OK : ExitCode.REFUSED).code();
  }

  private List<QuotaForecast> forecasts() {
    Instant now = terminal.clock().instant();
    Map<String, String> left = new LinkedHashMap<>(used);
    List<QuotaForecast> forecasts = new ArrayList<>();
    for (String text : quotas) {
      Quota quota = QuotaText.quota(text, zone());
      String amount = used.getOrDefault(quota.dimension().name(), "0");
      left.remove(quota.dimension().name());
      forecasts.add(QuotaForecast.of(quota, QuotaText.amount("--used", amount), now));
    }
    if (!left.isEmpty()) {
      throw new ConfigurationException(
          "--used names %s, of which there is no --limit. Give one, or leave it out."
              .formatted(String.join(", ", left.keySet())));
    }
    return forecasts;
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new ConfigurationException(
          "--zone must be a time zone such as UTC or America/Los_Angeles, not \"%s\"."
              .formatted(zone),
          e);
    }
  }

  private Limits limits() {
    try {
      return policy == null ? Limits.none() : Policy.parse(policy).limits();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--policy is wrong. " + e.getMessage(), e);
    }
  }

  private FitAnswer answer(QuotaOutlook outlook, String asked) {
    long each = QuotaText.amount("--tokens", tokens);
    Demand demand = each == 0 ? Demand.request() : Demand.tokens(each);
    try {
      return outlook.fits(QuotaText.amount("--calls", asked), demand, end(outlook));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("--calls can not be answered. " + e.getMessage(), e);
    }
  }

  private Instant end(QuotaOutlook outlook) {
    try {
      return until == null
          ? outlook.forecasts().stream()
              .map(QuotaForecast::reset)
              .min(Comparator.naturalOrder())
              .orElseThrow()
          : Instant.parse(until);
    } catch (DateTimeException e) {
      throw new ConfigurationException(
          "--until must be a moment such as 2026-11-28T00:00:00Z, not \"%s\".".formatted(until), e);
    }
  }
}
