package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Ability;
import ai.powertools.models.Modality;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Prices;
import ai.powertools.models.Rates;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Traits;
import ai.powertools.models.Unit;
import ai.powertools.models.Usd;
import ai.powertools.testing.RandomInput;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the models, the task and the constraints: no offer of a plan violates any of them. */
class ConstraintsProperties {
  private static final int CASES = RandomInput.size("powertools.router.plans", 800);
  private static final List<String> REGIONS = List.of("eu", "us", "jp");

  /** A model, and what the oracle knows of it without asking the router. */
  private record Known(ChatModel source, Model facts, Optional<Usd> in, Optional<Usd> out) {
    boolean isLocal() {
      return source.provider().isLocal();
    }
  }

  @Test
  void noOfferViolatesAConstraintAndEachRefusalHasAReason() {
    RandomInput.check(CASES, ConstraintsProperties::aPlan);
  }

  private static void aPlan(RandomInput input) {
    List<Known> models = new ArrayList<>();
    for (int i = input.ints(1, 12); i > 0; i--) {
      models.add(model(input, i));
    }
    Constraints ofTheRouter = input.chance(0.5) ? constraints(input) : Constraints.NONE;
    Constraints ofTheTask = input.chance(0.8) ? constraints(input) : Constraints.NONE;
    RouterBuilder builder =
        LlmRouter.builder()
            .strategy(input.oneOf(Strategy.cheapest(), Strategy.inOrder(), Strategy.roundRobin()))
            .constraints(ofTheRouter);
    models.forEach(model -> builder.model(model.source()));
    ChatRequest request = request(input, models);

    RoutingDecision plan =
        builder.build().plan(Task.of(request).complexity(0.5).constrained(ofTheTask));

    List<String> offered = plan.candidates().stream().map(Offer::label).toList();
    assertThat(
            Stream.concat(offered.stream(), plan.refused().stream().map(Refusal::label)).toList())
        .containsExactlyInAnyOrderElementsOf(
            models.stream().map(model -> model.source().label()).toList());
    plan.refused().forEach(refusal -> assertThat(refusal.reason()).isNotBlank());
    boolean exact = request.tools().isEmpty(); // how many words tools take is not known here
    for (Known model : models) {
      String label = model.source().label();
      Optional<Offer> offer =
          plan.candidates().stream().filter(each -> each.label().equals(label)).findFirst();
      offer.ifPresent(
          given -> {
            checkTokens(model, request, given);
            checkBudget(model, ofTheRouter, given);
            checkBudget(model, ofTheTask, given);
          });
      boolean allowed =
          mayAnswer(model, request)
              && keepsTo(model, ofTheRouter, request)
              && keepsTo(model, ofTheTask, request);
      assertThat(offer.isPresent())
          .as(
              "%s: %s, asked %s under %s and %s",
              label, plan.refused(), request, ofTheTask, ofTheRouter)
          .isEqualTo(allowed && (exact || offer.isPresent()));
    }
  }

  // The oracle

  private static boolean mayAnswer(Known model, ChatRequest request) {
    Model facts = model.facts();
    boolean named =
        request.model().isEmpty() || request.model().get().equals(model.source().label());
    long words = words(request);
    int wanted = request.maxOutputTokens().orElse(1);
    boolean fits = words + wanted <= facts.contextTokens() && wanted <= facts.maxOutputTokens();
    boolean unknown = facts.traits().equals(Traits.TEXT_ONLY);
    Set<Ability> abilities = facts.traits().abilities();
    boolean reads =
        unknown
            || !request.has(Content.Image.class)
            || facts.traits().reads().contains(Modality.IMAGE);
    boolean tools =
        unknown
            || request.tools().isEmpty()
            || abilities.isEmpty()
            || abilities.contains(Ability.TOOLS);
    boolean stays = !request.localOnly() || model.isLocal();
    return named && fits && reads && tools && stays && !abilities.contains(Ability.EMBEDDING);
  }

  private static boolean keepsTo(Known model, Constraints constraints, ChatRequest request) {
    String label = model.source().label();
    boolean listed =
        (constraints.allow().isEmpty() || anyMatches(constraints.allow(), label))
            && !anyMatches(constraints.deny(), label);
    Optional<String> region = model.source().deployment().region();
    boolean near =
        constraints.regions().isEmpty()
            || model.isLocal()
            || region.filter(constraints.regions()::contains).isPresent();
    boolean cheap =
        isWithin(model.in(), constraints.maxInputPrice())
            && isWithin(model.out(), constraints.maxOutputPrice());
    boolean stays = !constraints.localOnly() || model.isLocal();
    return listed && near && cheap && stays && isPaidFor(model, constraints, request);
  }

  /** Whether an answer of the expected length is, at the worst price. */
  private static boolean isPaidFor(Known model, Constraints constraints, ChatRequest request) {
    long room = model.facts().contextTokens() - words(request);
    long most =
        request.maxOutputTokens().isPresent()
            ? request.maxOutputTokens().getAsInt()
            : Math.min(room, model.facts().maxOutputTokens());
    if (constraints.budget().isEmpty() || most < 1) {
      return true; // or it does not fit, which is another matter
    }
    long expected = Math.max(1, Math.min(500, most / 2));
    return ModelCatalog.bundled()
        .pricing()
        .worstCase(model.facts(), words(request), expected)
        .total()
        .filter(cost -> cost.compareTo(constraints.budget().get()) <= 0)
        .isPresent();
  }

  private static void checkTokens(Known model, ChatRequest request, Offer offer) {
    TokenPlan tokens = offer.tokens();
    assertThat(tokens.inputAtMost()).isGreaterThanOrEqualTo(words(request));
    if (request.tools().isEmpty()) {
      assertThat(tokens.inputAtMost()).isEqualTo(words(request));
    }
    assertThat(tokens.maxOutput())
        .isBetween(1L, model.facts().maxOutputTokens())
        .isLessThanOrEqualTo(model.facts().contextTokens() - tokens.inputAtMost())
        .isLessThanOrEqualTo(request.maxOutputTokens().orElse(Integer.MAX_VALUE));
    assertThat(tokens.expectedOutput()).isBetween(1L, tokens.maxOutput());
  }

  private static void checkBudget(Known model, Constraints constraints, Offer offer) {
    if (constraints.budget().isEmpty()) {
      return;
    }
    Usd worst =
        ModelCatalog.bundled()
            .pricing()
            .worstCase(model.facts(), offer.tokens().inputAtMost(), offer.tokens().maxOutput())
            .total()
            .orElseThrow();
    assertThat(offer.worstCost()).contains(worst);
    assertThat(worst).isLessThanOrEqualTo(constraints.budget().get());
  }

  private static boolean isWithin(Optional<Usd> price, Optional<Usd> most) {
    return most.isEmpty() || price.filter(usd -> usd.compareTo(most.get()) <= 0).isPresent();
  }

  private static boolean anyMatches(List<String> patterns, String label) {
    return patterns.stream()
        .anyMatch(
            pattern -> {
              String regex =
                  Stream.of(pattern.split("\\*", -1))
                      .map(Pattern::quote)
                      .collect(Collectors.joining(".*"));
              return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(label).matches();
            });
  }

  private static long words(ChatRequest request) {
    return request.messages().stream()
        .map(Message::text)
        .filter(text -> !text.isBlank())
        .mapToLong(text -> text.strip().split("\\s+", -1).length)
        .sum();
  }

  // What is random

  private static Known model(RandomInput input, int number) {
    FunctionProvider provider =
        FunctionProvider.named(
            input.oneOf("openai", "mistral", "Here"),
            call -> {
              throw new AssertionError("a plan asks nobody");
            });
    Optional<Usd> in = price(input);
    Optional<Usd> out = in.isPresent() ? price(input) : in;
    Model.Builder facts =
        Model.builder("any", "m" + number)
            .limits(input.longs(1_000, 20_000), input.longs(1, 1_000))
            .tokenizer(Tokenizer.WORDS)
            .traits(traits(input));
    if (in.isPresent() && out.isPresent()) {
      facts.prices(prices(input, in.get(), out.get()));
    }
    Model model = facts.build();
    ChatModel source = (input.chance(0.3) ? provider.onThisMachine() : provider).model(model);
    source = input.chance(0.5) ? source.region(input.oneOf(REGIONS)) : source;
    return new Known(source, model, out.isPresent() ? in : Optional.empty(), out);
  }

  /** Some are dearer for inputs that are longer than any here, or that reach beyond a step. */
  private static Prices prices(RandomInput input, Usd in, Usd out) {
    if (input.chance(0.7)) {
      return Prices.of(in, out);
    }
    Map<Unit, Usd> base = Map.of(Unit.INPUT_TOKENS, in, Unit.OUTPUT_TOKENS, out);
    Map<Unit, Usd> dear = Map.of(Unit.INPUT_TOKENS, in.times(2), Unit.OUTPUT_TOKENS, out.times(2));
    return Prices.of(Rates.of(base, List.of(Rates.Step.above(input.longs(1_000, 9_000), dear))));
  }

  private static Optional<Usd> price(RandomInput input) {
    return input.chance(0.15)
        ? Optional.empty()
        : Optional.of(Usd.ofPico(input.longs(0, 20_000_000) * 1_000_000));
  }

  private static Traits traits(RandomInput input) {
    if (input.chance(0.3)) {
      return Traits.TEXT_ONLY;
    }
    Set<Modality> reads = EnumSet.of(Modality.TEXT);
    if (input.chance(0.5)) {
      reads.add(Modality.IMAGE);
    }
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    for (Ability ability : Ability.values()) {
      if (input.chance(ability == Ability.EMBEDDING ? 0.05 : 0.4)) {
        abilities.add(ability);
      }
    }
    return new Traits(
        reads, Set.of(Modality.TEXT), abilities, Optional.empty(), Optional.empty(), List.of());
  }

  private static Constraints constraints(RandomInput input) {
    Constraints constraints = Constraints.NONE;
    if (input.chance(0.4)) {
      constraints = constraints.budget(Usd.ofPico(input.longs(0, 20_000_000_000L)));
    }
    if (input.chance(0.2)) {
      constraints = constraints.allow(pattern(input), pattern(input), "HERE:*");
    }
    if (input.chance(0.2)) {
      constraints = constraints.deny(pattern(input));
    }
    if (input.chance(0.2)) {
      constraints = constraints.regions(input.oneOf(REGIONS));
    }
    if (input.chance(0.1)) {
      constraints = constraints.onlyLocal();
    }
    return input.chance(0.2)
        ? constraints.maxPrice(Usd.ofPico(input.longs(0, 20_000_000) * 1_000_000), Usd.of("10"))
        : constraints;
  }

  private static String pattern(RandomInput input) {
    String pattern = input.oneOf("openai:*", "*:m1*", "mistral:m2", "*i*", "*", "o*:*1", "nobody");
    return input.chance(0.3) ? pattern.toUpperCase(Locale.ROOT) : pattern;
  }

  private static ChatRequest request(RandomInput input, List<Known> models) {
    ChatRequest.Builder request =
        ChatRequest.builder().user("word ".repeat(input.ints(1, 900)) + "?");
    if (input.chance(0.15)) {
      request.user(new Content.Image(Media.of(new byte[] {1}, "image/png")));
    }
    if (input.chance(0.2)) {
      request.tool(Tool.of("look", "Looks something up.", "{\"type\":\"object\"}"));
    }
    if (input.chance(0.3)) {
      request.maxOutputTokens(input.ints(1, 800));
    }
    if (input.chance(0.1)) {
      request.model(input.oneOf(models).source().label());
    }
    return request.localOnly(input.chance(0.1)).build();
  }
}
