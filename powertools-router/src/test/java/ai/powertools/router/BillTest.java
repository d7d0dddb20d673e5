package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.models.CallTerms;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BillTest {
  private static final ModelCatalog CATALOG = ModelCatalog.bundled();
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Offer OFFER = Offers.of("p:m", "0.01", 0.5);

  private static Contender contender(ChatModel model) {
    return new Contender(
        model, model.label(), CATALOG, new HashMap<>(), Cooldown.STANDARD, Time.system());
  }

  private static ChatModel model(Model facts) {
    return ScriptedProvider.named(facts.provider()).model(facts);
  }

  private static ChatResponse answer(Usage usage, Certainty certainty, Optional<String> tier) {
    ChatResponse plain = ChatResponse.of("x", "p", "m", usage);
    VendorDetails none = VendorDetails.NONE;
    return new ChatResponse(
        plain.content(),
        "p",
        "m",
        usage,
        certainty,
        FinishReason.STOP,
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO,
        new VendorDetails(
            none.responseId(),
            none.finishReason(),
            tier,
            none.usage(),
            none.cost(),
            none.iterations(),
            none.rateLimits(),
            none.timings()));
  }

  @Test
  void costsWhatThePricingSaysForAnyUsageOfAnyModel() {
    long seed = Long.getLong("powertools.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (Model facts : CATALOG.models()) {
      long input = random.nextLong(300_000);
      long cached = random.nextBoolean() ? random.nextLong(input + 1) : 0;
      long written = random.nextInt(3) == 0 ? random.nextLong(input - cached + 1) : 0;
      long output = random.nextLong(10_000);
      long thought = random.nextInt(3) == 0 ? random.nextLong(output + 1) : 0;
      Usage usage = new Usage(input, cached, written, output, thought);
      Bill bill = new Bill(contender(model(facts)), CATALOG, OFFER);

      bill.answered(answer(usage, Certainty.EXACT, Optional.empty()), Duration.ofSeconds(1), NOON);

      assertThat(bill.cost())
          .as("%s %s, seed %d", facts.id(), usage, seed)
          .isEqualTo(
              CATALOG.pricing().cost(facts, usage, CallTerms.at(NOON), Certainty.EXACT).total());
    }
  }

  @Test
  void addsUpRequestsAndKnowsWhatItDoesNotKnow() {
    Contender contender = contender(model(CATALOG.require("openai/gpt-5-mini")));
    Bill bill = new Bill(contender, CATALOG, OFFER);
    assertThat(bill.sent()).isFalse();
    assertThat(bill.cost()).contains(Usd.ZERO);
    assertThat(bill.usage()).isEmpty();

    ChatResponse answer = answer(Usage.of(1_000_000, 0), Certainty.EXACT, Optional.of("default"));
    bill.answered(answer, Duration.ZERO, NOON);
    bill.answered(answer, Duration.ZERO, NOON);
    assertThat(bill.sent()).isTrue();
    assertThat(bill.cost()).contains(Usd.of("0.50"));
    assertThat(bill.usage()).contains(Usage.of(2_000_000, 0));

    bill.failed(new IllegalStateException("a bug"), Duration.ZERO, NOON);
    assertThat(bill.cost()).as("nobody knows").isEmpty();
  }

  @Test
  void countsWhatAFailureMayHaveCost() {
    Contender contender = contender(model(CATALOG.require("openai/gpt-5-mini")));
    Bill refused = new Bill(contender, CATALOG, OFFER);
    refused.failed(
        ProviderException.builder(ErrorKind.OVERLOADED, "p", "m", "busy").build(),
        Duration.ZERO,
        NOON);
    assertThat(refused.cost()).contains(Usd.ZERO);

    Bill broken = new Bill(contender, CATALOG, OFFER);
    broken.failed(
        ProviderException.builder(ErrorKind.NETWORK, "p", "m", "cut")
            .partial("one two three", false)
            .mayBeBilled(true)
            .build(),
        Duration.ZERO,
        NOON);
    assertThat(broken.usage().orElseThrow().inputTokens()).isEqualTo(1_000);
    assertThat(broken.usage().orElseThrow().outputTokens()).isEqualTo(3);
    assertThat(broken.cost()).contains(Usd.of("0.000256"));

    Bill silent = new Bill(contender, CATALOG, OFFER);
    silent.failed(
        ProviderException.builder(ErrorKind.TIMEOUT, "p", "m", "late").mayBeBilled(true).build(),
        Duration.ZERO,
        NOON);
    assertThat(silent.usage()).contains(Usage.of(1_000, 0));
  }

  @Test
  void doesNotTakeAnUnknownUsageForNothing() {
    Contender contender = contender(model(CATALOG.require("openai/gpt-5-mini")));
    Bill bill = new Bill(contender, CATALOG, OFFER);

    bill.answered(answer(Usage.ZERO, Certainty.UNKNOWN, Optional.empty()), Duration.ZERO, NOON);

    assertThat(bill.cost()).isEmpty();
  }

  @Test
  void aMachineOfOnesOwnIsPaidByItsTime() {
    Model own = Model.local("p", "own", 10_000);
    Contender contender = contender(model(own).perHour(Usd.of("7.2")));
    Bill bill = new Bill(contender, CATALOG, OFFER);

    bill.answered(
        answer(Usage.of(5, 5), Certainty.EXACT, Optional.empty()), Duration.ofSeconds(10), NOON);
    bill.failed(
        ProviderException.builder(ErrorKind.SERVER, "p", "own", "down").build(),
        Duration.ofSeconds(5),
        NOON);

    assertThat(bill.cost()).contains(Usd.of("0.03"));
    assertThat(Bill.worst(contender, CATALOG, OFFER).total()).isEqualTo(OFFER.worstCost());
  }
}
