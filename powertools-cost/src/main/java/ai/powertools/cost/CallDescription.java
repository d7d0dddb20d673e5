package ai.powertools.cost;

import ai.powertools.models.CallTerms;
import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A call before it is made: what it is for, which model, and how much it can use at most. Ends with
 * {@link #start()}. For one thread.
 */
public final class CallDescription {
  final CostTracker tracker;
  Attributes attributes;
  Optional<String> callId = Optional.empty();
  int firstAttempt = 1;
  String traceId = "";
  Supplier<String> remedy = () -> "";
  Optional<Model> model = Optional.empty();
  Optional<Cost> worstCase = Optional.empty();
  Optional<Usd> reservation = Optional.empty();
  Optional<Duration> lapsesAfter = Optional.empty();
  OptionalLong inputTokens = OptionalLong.empty();
  OptionalLong maxOutputTokens = OptionalLong.empty();
  String tier = CallTerms.STANDARD;
  String api = "";
  private boolean started;

  CallDescription(CostTracker tracker, Attributes attributes) {
    this.tracker = tracker;
    this.attributes = attributes;
  }

  /** Who asked; instead of what {@link Attribution} says. */
  public CallDescription user(String user) {
    return tag(Attributes.USER, user);
  }

  /** For which team; instead of what {@link Attribution} says. */
  public CallDescription team(String team) {
    return tag(Attributes.TEAM, team);
  }

  /** For which project; instead of what {@link Attribution} says. */
  public CallDescription project(String project) {
    return tag(Attributes.PROJECT, project);
  }

  /** In which conversation; instead of what {@link Attribution} says. */
  public CallDescription session(String session) {
    return tag(Attributes.SESSION, session);
  }

  /**
   * Anything else to budget and report by, as in {@code tag("feature", "autocomplete")}.
   *
   * @throws IllegalArgumentException if it can't be an attribute, see {@link Attributes#with}, or
   *     is the model or provider, which come from {@link #model(String)}
   */
  public CallDescription tag(String name, String value) {
    if (name.equals(Attributes.MODEL) || name.equals(Attributes.PROVIDER)) {
      throw new IllegalArgumentException("Say the model with model(…); it has its provider.");
    }
    attributes = attributes.with(name, value);
    return this;
  }

  /** All of these, as {@link #tag} does. */
  public CallDescription tags(Attributes more) {
    more.asMap().forEach(this::tag);
    return this;
  }

  /**
   * The id that attempts are settled under; a new one by default. An attempt is settled once for
   * its id and number, whoever reports it: whoever makes a call anew under the id of an earlier one
   * must go on counting with {@link #firstAttempt}.
   *
   * @throws IllegalArgumentException if it is blank, longer than 256 characters, or has a control
   *     character in it
   */
  public CallDescription id(String callId) {
    this.callId = Optional.of(Attributes.checkedValue("id", callId));
    return this;
  }

  /**
   * The number of the first attempt, where others of the same call came before; 1 by default.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public CallDescription firstAttempt(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("Attempts are counted from 1, not " + number);
    }
    this.firstAttempt = number;
    return this;
  }

  /**
   * What joins the ledger with the log; blank for nothing.
   *
   * @throws IllegalArgumentException if it is longer than 256 characters, or has a control
   *     character in it
   */
  public CallDescription trace(String traceId) {
    this.traceId = traceId.isBlank() ? "" : Attributes.checkedValue("trace", traceId);
    return this;
  }

  /**
   * The model that is asked, by any name that the catalog knows.
   *
   * @throws ai.powertools.models.UnknownModelException if it knows none of that name
   */
  public CallDescription model(String name) {
    return model(tracker.catalog().require(name));
  }

  /** The model that is asked. */
  public CallDescription model(Model model) {
    this.model = Optional.of(model);
    return this;
  }

  /** The service tier that is asked for, as in {@code batch}; the ordinary one by default. */
  public CallDescription tier(String tier) {
    this.tier = tier;
    return this;
  }

  /**
   * The API that {@link CallSpan#response} reads, as in {@code chat}, {@code responses}, {@code
   * embeddings}; found out by itself where nothing is said.
   *
   * @see ai.powertools.models.UsageReader#known()
   */
  public CallDescription api(String api) {
    this.api = api;
    return this;
  }

  /**
   * What one attempt can use at most. Where it is not said, the model's own limits are taken: a
   * whole context and the longest answer, which is dear.
   *
   * @param inputTokens the tokens of the prompt, or a bound above them
   * @param maxOutputTokens the limit that is sent to the provider
   * @throws IllegalArgumentException if one is negative
   */
  public CallDescription tokens(long inputTokens, long maxOutputTokens) {
    if (inputTokens < 0 || maxOutputTokens < 0) {
      throw new IllegalArgumentException(
          "Tokens must not be negative: input %d, output %d."
              .formatted(inputTokens, maxOutputTokens));
    }
    this.inputTokens = OptionalLong.of(inputTokens);
    this.maxOutputTokens = OptionalLong.of(maxOutputTokens);
    return this;
  }

  /** What one attempt can cost at most, where the caller knows better than tokens × price. */
  public CallDescription worstCase(Cost worstCase) {
    this.worstCase = Optional.of(worstCase);
    return this;
  }

  /**
   * Reserves so much instead of the worst case, as where answers are nearly always far shorter than
   * they may be. Then a budget can be passed by what the calls in flight cost beyond what was
   * reserved for them; {@link CostEvent.Overshot} tells, and further calls are refused at once.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public CallDescription reserve(Usd amount) {
    if (amount.isNegative()) {
      throw new IllegalArgumentException("A reservation can't be negative: " + amount.format());
    }
    this.reservation = Optional.of(amount);
    return this;
  }

  /**
   * What is reserved lapses after so long whatever happens, where nobody can promise that the span
   * is closed: the call is written off as {@link Outcome#LOST} then. Without it what is held lives
   * as long as the span and its process do.
   *
   * @throws IllegalArgumentException if it is not above zero
   */
  public CallDescription lapsesAfter(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("A reservation lasts longer than " + time + ".");
    }
    this.lapsesAfter = Optional.of(time);
    return this;
  }

  /** The end of the message when a budget refuses the call: what the caller can do instead. */
  public CallDescription remedy(String sentence) {
    return remedy(() -> sentence);
  }

  /** The same, worked out only when a budget refuses the call. */
  public CallDescription remedy(Supplier<String> sentence) {
    this.remedy = sentence;
    return this;
  }

  /**
   * Reserves the worst case of one attempt in every budget, and begins the call. Where a budget has
   * no room and the tracker has a {@link Downgrade}, a cheaper model is tried: ask {@link
   * CallSpan#model} which one to call.
   *
   * @throws BudgetExceededException if a budget has no room for it; nothing is reserved then
   * @throws UnknownCostException if there is a budget and nobody can say what the call costs
   * @throws IllegalStateException if no model was given, or it was started before
   * @throws IllegalArgumentException if the worst case is negative or above $9,223,372.03, without
   *     a budget that refuses it
   * @throws ai.powertools.core.CancelledException if the thread is interrupted; nothing is reserved
   *     then
   */
  public CallSpan start() {
    if (model.isEmpty()) {
      throw new IllegalStateException("Say which model: model(…).");
    }
    if (started) {
      throw new IllegalStateException(
          "This call was started before. Describe each call anew with trackCall(…).");
    }
    started = true;
    return new Opening(this).open(model.get());
  }
}
