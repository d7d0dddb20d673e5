package ai.powertools.router;

import ai.powertools.core.Time;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A model of a router: what is known of it beforehand, and what came of its calls. */
final class Contender {
  /** Prices may change with the hour; they are looked up once in so many seconds. */
  private static final long PRICES_FOR = 60;

  /** How much the latest call counts in the rates of failure. */
  private static final double NEWEST = 0.05;

  private final ChatModel source;
  private final String label;
  private final Model model;
  private final TokenCounter counter;
  private final int counterNumber;
  private final @Nullable String calibrated;
  private final List<String> names;
  private final ModelCatalog catalog;
  private final Health health;
  private final LatencyTracker latency;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<Rates> rates = new AtomicReference<>(new Rates(0, 0));
  private volatile @Nullable Priced priced;

  /** The last one, which most often is still true: a decision among many models makes none. */
  private volatile Standing standing = Standing.FRESH;

  /**
   * A contender.
   *
   * @param counters the router's counters so far, numbered from 0; its own is added if it is new
   */
  Contender(
      ChatModel source,
      String label,
      ModelCatalog catalog,
      Map<TokenCounter, Integer> counters,
      Cooldown cooldown,
      Time time) {
    this.source = source;
    this.label = label;
    this.model = source.resolve(catalog);
    this.counter = catalog.tokens(model);
    this.counterNumber = counters.computeIfAbsent(counter, another -> counters.size());
    this.calibrated = calibrated(source, model.tokenizer());
    this.catalog = catalog;
    this.names = names(source, label, model);
    this.health = new Health(cooldown);
    this.latency = new LatencyTracker(time);
  }

  private record Priced(long minute, PriceSheet sheet, double ability) {}

  ChatModel source() {
    return source;
  }

  ChatProvider provider() {
    return source.provider();
  }

  String label() {
    return label;
  }

  Model model() {
    return model;
  }

  /** What its machine costs by the hour; empty where it is priced by tokens, or free. */
  Optional<Usd> perHour() {
    return source.deployment().perHour();
  }

  Health health() {
    return health;
  }

  LatencyTracker latency() {
    return latency;
  }

  void begun() {
    inFlight.incrementAndGet();
  }

  void ended() {
    inFlight.decrementAndGet();
  }

  /** The shares of calls that failed, and that failed and may be on the bill. */
  private record Rates(double failed, double billed) {
    Rates and(boolean failure, boolean bill) {
      return new Rates(
          failed + NEWEST * ((failure ? 1 : 0) - failed),
          billed + NEWEST * ((failure && bill ? 1 : 0) - billed));
    }
  }

  /** Takes in how a call ended. */
  void settled(boolean failed, boolean billed) {
    Rates before = rates();
    if (failed || before.failed() > 0) {
      rates.updateAndGet(seen -> Objects.requireNonNull(seen).and(failed, billed));
    }
  }

  private Rates rates() {
    return Objects.requireNonNull(rates.get());
  }

  TokenCounter counter() {
    return counter;
  }

  /** Which of the router's counters that is; one for all models that are counted alike. */
  int counterNumber() {
    return counterNumber;
  }

  /** Whose counts are compared with the vendor's; null where ours are the vendor's own. */
  @Nullable String calibrated() {
    return calibrated;
  }

  private static @Nullable String calibrated(ChatModel source, Tokenizer tokenizer) {
    return switch (tokenizer) {
      case O200K_BASE, O200K_HARMONY, CL100K_BASE, P50K_BASE, P50K_EDIT, R50K_BASE, WORDS -> null;
      case OTHER -> source.provider().name() + ":" + source.id();
      default -> tokenizer.name().toLowerCase(Locale.ROOT);
    };
  }

  PriceSheet sheet(Instant now) {
    return priced(now).sheet();
  }

  double ability(Instant now) {
    return priced(now).ability();
  }

  boolean isNamed(String name) {
    String asked = name.strip();
    for (String known : names) {
      if (known.equalsIgnoreCase(asked)) {
        return true;
      }
    }
    return false;
  }

  Standing standing(long nanos) {
    Duration open = health.untilOpen(nanos);
    Duration wait = open == null ? FOREVER : open;
    Standing seen = standing;
    Rates failing = rates();
    Latency speed = latency.latency(nanos);
    if (!seen.is(speed, failing.failed(), failing.billed(), inFlight.get(), wait)) {
      seen = new Standing(speed, failing.failed(), failing.billed(), inFlight.get(), wait);
      standing = seen;
    }
    return seen;
  }

  /** Of a model that is out until somebody lets it in again. */
  static final Duration FOREVER = Duration.ofDays(36_500);

  private Priced priced(Instant now) {
    long minute = now.getEpochSecond() / PRICES_FOR;
    Priced known = priced;
    if (known == null || known.minute() != minute) {
      PriceSheet sheet = PriceSheet.of(model, catalog.pricing(), now);
      double ability = source.deployment().ability().orElseGet(() -> QualityPrior.of(model, sheet));
      known = new Priced(minute, sheet, ability);
      priced = known;
    }
    return known;
  }

  private static List<String> names(ChatModel source, String label, Model model) {
    List<String> ids = new ArrayList<>();
    ids.add(source.id());
    ids.addAll(model.aliases());
    List<String> names = new ArrayList<>();
    for (String id : ids) {
      names.add(id);
      names.add(source.provider().name() + ":" + id);
      names.add(source.provider().name() + "/" + id);
    }
    names.add(label);
    return List.copyOf(names);
  }
}
