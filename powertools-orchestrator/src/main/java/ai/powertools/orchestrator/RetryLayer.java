package ai.powertools.orchestrator;

import ai.powertools.core.Time;
import ai.powertools.cost.BudgetExceededException;
import ai.powertools.cost.CallSpan;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.retry.BreakerEvent;
import ai.powertools.retry.BreakerState;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.CircuitBreakers;
import ai.powertools.retry.CircuitOpenException;
import ai.powertools.retry.Classifier;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.Retry;
import ai.powertools.retry.RetryBudget;
import ai.powertools.retry.RetryBuilder;
import ai.powertools.retry.RetryEvent;
import ai.powertools.retry.Verdict;
import ai.powertools.router.CandidateRefusedException;
import ai.powertools.router.Chain;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Interceptor;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Around the attempts at one model: tries again what may pass, within the budget of retries, and
 * makes sure that each further attempt is covered by the budget of money like the first. A model
 * whose circuit breaker is open is left for the next.
 */
final class RetryLayer implements Interceptor {
  private static final StructuredLogger LOG = StructuredLogger.of(RetryLayer.class);

  /** For those who ask seldom: a few retries that come with time and not with calls. */
  private static final double RETRIES_PER_SECOND = 0.1;

  private final ErrorHandler handler;
  private final @Nullable CircuitBreakers breakers;

  RetryLayer(RetrySettings settings, BreakerSettings breaker, Time time, RandomGenerator random) {
    ErrorHandler.Builder builder = ErrorHandler.builder().retry(retry(settings, time, random));
    if (breaker.enabled()) {
      this.breakers = breakers(breaker, time);
      builder.circuitBreakers(breakers);
    } else {
      this.breakers = null;
    }
    this.handler = builder.build();
  }

  private static Retry retry(RetrySettings settings, Time time, RandomGenerator random) {
    RetryBuilder retry =
        Retry.builder()
            .maxAttempts(settings.maxAttempts())
            .exponential(settings.firstWait(), 2.0)
            .cap(settings.longestWait())
            .fullJitter()
            .retryOn(RetryLayer::verdict)
            .listener(RetryLayer::log)
            .time(time)
            .random(random);
    if (settings.budget() > 0) {
      retry.budget(
          RetryBudget.builder(settings.budget())
              .minPerSecond(RETRIES_PER_SECOND)
              .time(time)
              .build());
    }
    return retry.build();
  }

  private static CircuitBreakers breakers(BreakerSettings settings, Time time) {
    return CircuitBreakers.builder()
        .failureRate(settings.failureRate())
        .window(settings.window())
        .minimumCalls(settings.minimumCalls())
        .openFor(settings.openFor())
        .listener(RetryLayer::log)
        .time(time)
        .build();
  }

  /** How the breaker of each model stands that was called, by its label. */
  Map<String, BreakerState> states() {
    return breakers == null ? Map.of() : breakers.states();
  }

  @Override
  public ChatResponse intercept(Chain chain) {
    String model = CallContext.candidate(chain.call()).label();
    CallResult<ChatResponse> result =
        handler.run(
            CallOptions.of(model).deadline(chain.call().deadline()),
            attempt -> {
              if (attempt.number() > 1) {
                cover(chain);
              }
              return chain.proceed(chain.request());
            });
    CallContext.failures(chain.call()).add(model, result);
    try {
      return result.value();
    } catch (CircuitOpenException e) {
      LOG.warn("circuit_open").with("model", model).with("why", e.getMessage()).log();
      throw new CandidateRefusedException(e);
    }
  }

  private static void cover(Chain chain) {
    try {
      chain.call().get(CallContext.SPAN).ifPresent(CallSpan::topUp);
    } catch (BudgetExceededException e) {
      throw new CandidateRefusedException(e);
    }
  }

  /**
   * A layer that refuses the model has decided already that waiting here is no use; of the model it
   * says nothing, to its breaker neither.
   */
  static Verdict verdict(Throwable failure) {
    return failure instanceof CandidateRefusedException
        ? Verdict.cancelled()
        : Classifier.standard().classify(failure);
  }

  private static void log(RetryEvent event) {
    LOG.warn("retry")
        .with("attempt", event.attempt())
        .with("wait_ms", event.delay().toMillis())
        .with("why", event.error().getMessage())
        .log();
  }

  private static void log(BreakerEvent event) {
    LOG.warn("circuit")
        .with("model", event.key())
        .with("from", event.from().name())
        .with("to", event.to().name())
        .log();
  }
}
