package ai.powertools.cost;

import ai.powertools.models.Certainty;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Attempts of every kind that a ledger may be told of, of a few calls that span a few days. */
final class RandomEntries {
  private static final List<String> MODELS = List.of("acme/penny", "acme/dime", "zeta/penny");
  private static final List<Unit> UNITS =
      List.of(Unit.INPUT_AUDIO_TOKENS, Unit.WEB_SEARCHES, Unit.CACHE_WRITE_1H_TOKENS);
  private static final Duration SPAN = Duration.ofDays(3);

  private final Random random;
  private final Instant from;
  private final Map<String, Integer> attempts = new HashMap<>();

  RandomEntries(Random random, Instant from) {
    this.random = random;
    this.from = from;
  }

  /** The next attempt of any call, mostly; now and then one that came before, told anew. */
  LedgerEntry next() {
    int call = random.nextInt(12);
    String callId = "call-" + call;
    int last = attempts.getOrDefault(callId, 0);
    int attempt = last == 0 || random.nextInt(5) > 0 ? last + 1 : 1 + random.nextInt(last);
    attempts.put(callId, Math.max(last, attempt));
    Instant began = from.plusSeconds(Math.floorMod(callId.hashCode() * 7919L, SPAN.toSeconds()));
    return entry(callId, attempt, began);
  }

  private LedgerEntry entry(String callId, int attempt, Instant began) {
    Outcome outcome = any(Outcome.values());
    boolean lost = outcome == Outcome.LOST;
    Certainty certainty = lost ? Certainty.UNKNOWN : any(Certainty.values());
    Optional<Usd> cost =
        certainty == Certainty.UNKNOWN
            ? Optional.empty()
            : Optional.of(random.nextInt(4) == 0 ? Usd.ZERO : amount());
    Optional<Usd> atMost =
        cost.isPresent() || random.nextInt(3) > 0 ? Optional.of(amount()) : Optional.empty();
    return new LedgerEntry(
        callId,
        attempt,
        began.plusSeconds(attempt),
        began,
        attributes(),
        random.nextBoolean() ? "trace" : "",
        outcome,
        lost ? Use.USED : any(Use.values()),
        lost ? Usage.ZERO : usage(),
        cost,
        certainty,
        atMost,
        cost.or(() -> atMost).orElse(Usd.ZERO),
        random.nextInt(4) == 0 ? Optional.of(amount()) : Optional.empty(),
        random.nextBoolean() ? amount().minus(amount()) : Usd.ZERO,
        Usd.ZERO,
        lost || random.nextInt(5) == 0
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(1_000L * random.nextInt(90_000_000))));
  }

  private Attributes attributes() {
    String model = any(MODELS.toArray(String[]::new));
    Map<String, String> all = new HashMap<>();
    all.put(Attributes.MODEL, model);
    all.put(Attributes.PROVIDER, model.substring(0, model.indexOf('/')));
    all.put(Attributes.TASK, any("chat", "code", "a=b, \"c\""));
    if (random.nextBoolean()) {
      all.put(Attributes.USER, any("ada", "bob"));
    }
    if (random.nextBoolean()) {
      all.put(Attributes.SESSION, "s" + random.nextInt(3));
    }
    return Attributes.of(all);
  }

  private Usage usage() {
    long input = random.nextInt(1_000);
    long cached = random.nextLong(input + 1);
    long output = random.nextInt(1_000);
    Map<Unit, Long> details = new HashMap<>();
    for (Unit unit : UNITS) {
      if (random.nextInt(3) == 0) {
        details.put(unit, (long) random.nextInt(10));
      }
    }
    return new Usage(
        input,
        cached,
        random.nextLong(input - cached + 1),
        output,
        random.nextLong(output + 1),
        details);
  }

  /** Small, large, and with digits down to the pico-dollar. */
  private Usd amount() {
    return Usd.ofPico(random.nextLong(random.nextBoolean() ? 5_000_000 : Long.MAX_VALUE / 4));
  }

  @SafeVarargs
  private <T> T any(T... all) {
    return all[random.nextInt(all.length)];
  }
}
