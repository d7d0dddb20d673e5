package ai.powertools.router;

import ai.powertools.models.TokenCount;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request would take of a model, by what is known of it and was learned, and why it may not
 * be asked.
 */
final class Estimator {
  /**
   * The share of the allowed output that an answer is expected to take, as a divisor, and the
   * length that it is expected not to exceed, until lengths have been learned: chat answers are
   * seldom longer than about 500 tokens.
   */
  private static final int EXPECTED_SHARE = 2;

  private static final long USUAL_ANSWER = 500;

  /** Fewer answers say too little of a model's speed to refuse it. */
  private static final int MEASURED = 10;

  /** A model's own machine is expected to write so fast, until it has been measured. */
  private static final double UNMEASURED_TOKENS_PER_SECOND = 20;

  private static final double PICO = 1e12;

  /** Of what is lost by a failed attempt at most: no answer fails more often in the long run. */
  private static final double WORST_FAILURE_RATE = 0.9;

  private final Experience experience;

  Estimator(Experience experience) {
    this.experience = experience;
  }

  /** Puts a model among the offers, or among the refused. */
  void judge(Contender contender, Asked asked, List<Offer> offers, List<Refusal> refused) {
    String reason = forbidden(contender, asked);
    if (reason != null) {
      refused.add(new Refusal(contender.label(), reason));
      return;
    }
    Offer offer = offer(contender, asked, refused);
    if (offer != null) {
      offers.add(offer);
    }
  }

  /** Why it must not be asked, whatever it would take; null if it may. */
  private static @Nullable String forbidden(Contender contender, Asked asked) {
    ChatRequest request = asked.request;
    Constraints own = asked.task.constraints();
    if (request.model().isPresent() && !contender.isNamed(request.model().get())) {
      return "only " + request.model().get() + " may answer";
    }
    boolean local = contender.provider().isLocal();
    if ((request.localOnly() || asked.constraints.localOnly()) && !local) {
      return "the request must stay on this machine";
    }
    if (!own.equals(Constraints.NONE)) {
      String listed = listed(contender, own);
      if (listed != null) {
        return listed;
      }
    }
    Optional<String> refusal = contender.provider().refusal(contender.model(), request);
    if (refusal.isEmpty()) {
      refusal =
          local
              ? Limits.refusal(contender.model(), asked.needs)
              : Limits.unfit(contender.model(), asked.needs);
    }
    return refusal.orElse(null);
  }

  /** Why lists of models and regions leave it out; null if they don't. */
  static @Nullable String listed(Contender contender, Constraints constraints) {
    String label = contender.label();
    if (!constraints.allow().isEmpty() && !LabelPattern.anyMatches(constraints.allow(), label)) {
      return "it is not among the allowed " + constraints.allow();
    }
    if (LabelPattern.anyMatches(constraints.deny(), label)) {
      return "it is among the denied " + constraints.deny();
    }
    if (!constraints.regions().isEmpty() && !contender.provider().isLocal()) {
      Optional<String> region = contender.source().deployment().region();
      if (region.isEmpty()) {
        return "it is not known to be served in " + constraints.regions();
      }
      if (!constraints.regions().contains(region.get())) {
        return "it is served in %s, not in %s".formatted(region.get(), constraints.regions());
      }
    }
    return null;
  }

  private @Nullable Offer offer(Contender contender, Asked asked, List<Refusal> refused) {
    TokenCount counted = asked.tokens(contender);
    long input = calibrated(contender, counted);
    long atMost = Math.max(input, counted.atMost());
    long context = contender.model().contextTokens();
    long room = context - atMost;
    long wanted = asked.request.maxOutputTokens().orElse(1);
    if (room < wanted) {
      return refuse(
          refused,
          contender,
          "the conversation takes %s%d tokens and the answer up to %d, its context holds %d"
              .formatted(counted.exact() ? "" : "up to ", atMost, wanted, context));
    }
    long longest = contender.model().maxOutputTokens();
    if (wanted > longest) {
      return refuse(
          refused,
          contender,
          "it answers with at most %d tokens, %d are asked for".formatted(longest, wanted));
    }
    long maxOutput =
        asked.request.maxOutputTokens().isPresent()
            ? wanted
            : Math.min(Math.min(room, longest), Integer.MAX_VALUE);
    long learned = asked.lengths.usual(contender.label());
    long usual =
        learned >= 0 ? learned : Math.min(USUAL_ANSWER, Math.max(1, maxOutput / EXPECTED_SHARE));
    long expected = Math.max(1, Math.min(usual, maxOutput));
    PriceSheet sheet = contender.sheet(asked.now);

    String dear = tooDear(sheet, asked.constraints, input);
    if (dear != null) {
      return refuse(refused, contender, dear);
    }
    Latency latency = contender.latency().latency(asked.nanos);
    if (asked.constraints.budget().isPresent()) {
      long needed = Math.max(expected, asked.lengths.longOne(contender.label()));
      long affordable = affordable(contender, asked, Usd.ZERO, atMost, maxOutput);
      if (affordable < Math.min(needed, maxOutput)) {
        return refuse(refused, contender, overBudget(contender, asked, Usd.ZERO, atMost, needed));
      }
      maxOutput = affordable;
    }
    String slow = tooSlow(latency, asked, expected);
    if (slow != null) {
      return refuse(refused, contender, slow);
    }
    Optional<Quality> quality = Optional.empty();
    if (asked.weighsQuality) {
      quality = Optional.of(quality(contender, asked));
      double least = asked.constraints.quality().orElse(0);
      if (quality.get().estimate() < least) {
        return refuse(
            refused,
            contender,
            String.format(
                Locale.ROOT,
                "its expected quality of %.2f is below %s",
                quality.get().estimate(),
                least));
      }
    }
    long cached = cached(contender, asked, input);
    Standing standing = contender.standing(asked.nanos);
    return new Offer(
        contender.label(),
        contender.provider().isLocal(),
        contender.provider().isLastResort(),
        new TokenPlan(input, counted.exact(), atMost, cached, expected, maxOutput),
        Optional.ofNullable(settled(contender, sheet, standing, input, cached, expected)),
        Optional.ofNullable(worst(contender, sheet, asked, atMost, maxOutput)),
        sheet.outputDollars(input),
        quality,
        standing);
  }

  private long calibrated(Contender contender, TokenCount counted) {
    String family = counted.exact() ? null : contender.calibrated();
    if (family == null) {
      return counted.tokens();
    }
    double factor = experience.factor(family);
    return factor == 1 ? counted.tokens() : Math.max(1, Math.round(counted.tokens() * factor));
  }

  private static Quality quality(Contender contender, Asked asked) {
    Rating rating = asked.ratings.get(contender.label());
    return QualityScorer.score(
        contender.ability(asked.now),
        asked.complexity,
        asked.prediction,
        rating == null ? Rating.NONE : rating);
  }

  private static long cached(Contender contender, Asked asked, long input) {
    return asked.warm != null && asked.warm.label().equals(contender.label())
        ? Math.min(input, asked.warm.tokens())
        : 0;
  }

  /** What it costs when all is settled: the call, and its share of those that failed on the way. */
  private static @Nullable Usd settled(
      Contender contender,
      PriceSheet sheet,
      Standing standing,
      long input,
      long cached,
      long output) {
    if (contender.perHour().isPresent()) {
      long nanos = Math.round(millis(standing.latency(), output) * 1e6);
      return MachineTime.cost(contender.perHour().get(), Duration.ofNanos(nanos));
    }
    Usd cost = sheet.expected(input, cached, output);
    if (cost == null || standing.billedFailureRate() < 0.001) {
      return cost;
    }
    // A failed attempt is taken to have cost its input and half of the answer.
    Usd broken = sheet.expected(input, cached, output / 2);
    double tries =
        standing.billedFailureRate() / (1 - Math.min(WORST_FAILURE_RATE, standing.failureRate()));
    return broken == null
        ? cost
        : cost.plus(Usd.ofPico(Math.round(broken.approximately() * PICO * tries)));
  }

  private static double millis(Latency latency, long output) {
    double expected = latency.expected(output);
    return Double.isNaN(expected) ? output * 1_000.0 / UNMEASURED_TOKENS_PER_SECOND : expected;
  }

  /** The most that one request can cost; null when not known. */
  static @Nullable Usd worst(
      Contender contender, PriceSheet sheet, Asked asked, long atMost, long maxOutput) {
    return contender.perHour().isPresent()
        ? MachineTime.worst(contender.perHour().get(), asked.deadline)
        : sheet.worst(atMost, maxOutput);
  }

  /**
   * How long an answer may be so that what is left of the budget pays for it, whatever happens.
   *
   * @param spent what the call has cost so far
   * @return -1 when it does not even pay for the input, or the cost is not known
   */
  static long affordable(Contender contender, Asked asked, Usd spent, long atMost, long maxOutput) {
    PriceSheet sheet = contender.sheet(asked.now);
    Usd left = asked.constraints.budget().orElse(Usd.ZERO).minus(spent);
    if (contender.perHour().isPresent()) {
      Usd worst = worst(contender, sheet, asked, atMost, maxOutput);
      return worst != null && worst.compareTo(left) <= 0 ? maxOutput : -1;
    }
    return sheet.affordable(left, atMost, maxOutput);
  }

  /** Why the budget does not allow it. */
  static String overBudget(Contender contender, Asked asked, Usd spent, long atMost, long needed) {
    PriceSheet sheet = contender.sheet(asked.now);
    Usd worst = worst(contender, sheet, asked, atMost, needed);
    String of =
        "the budget of "
            + asked.constraints.budget().orElse(Usd.ZERO).format()
            + (spent.isZero() ? "" : ", of which %s is spent,".formatted(spent.format()));
    return worst == null
        ? "what it costs is not known, and there is " + of.replaceFirst("^the", "a")
        : "%s does not pay for an answer of %d tokens, which may cost %s"
            .formatted(of, needed, worst.format());
  }

  private static @Nullable String tooDear(PriceSheet sheet, Constraints constraints, long input) {
    if (constraints.maxInputPrice().isEmpty() && constraints.maxOutputPrice().isEmpty()) {
      return null;
    }
    String in = above(sheet.inputPerMillion(input), constraints.maxInputPrice(), "input");
    return in != null
        ? in
        : above(sheet.outputPerMillion(input), constraints.maxOutputPrice(), "output");
  }

  private static @Nullable String above(@Nullable Usd price, Optional<Usd> most, String way) {
    if (most.isEmpty() || (price != null && price.compareTo(most.get()) <= 0)) {
      return null;
    }
    return price == null
        ? "its price of %s is not known, and %s is the most".formatted(way, most.get().format())
        : "a million tokens of its %s cost %s, %s is the most"
            .formatted(way, price.format(), most.get().format());
  }

  private static @Nullable String tooSlow(Latency latency, Asked asked, long expected) {
    if (latency.samples() < MEASURED) {
      return null;
    }
    Optional<Duration> first = asked.constraints.firstToken();
    if (first.isPresent() && latency.slowFirstToken() > first.get().toMillis()) {
      return "its answers begin within %d ms, %d ms are allowed"
          .formatted(Math.round(latency.slowFirstToken()), first.get().toMillis());
    }
    double millis = latency.expected(expected);
    if (!asked.deadline.isNever() && millis > asked.deadline.remaining().toNanos() / 1e6) {
      return "its answer is expected to take %d ms, %d ms are left"
          .formatted(Math.round(millis), asked.deadline.remaining().toMillis());
    }
    return null;
  }

  private static @Nullable Offer refuse(List<Refusal> refused, Contender contender, String reason) {
    refused.add(new Refusal(contender.label(), reason));
    return null;
  }
}
