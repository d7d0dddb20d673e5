package ai.powertools.orchestrator;

import ai.powertools.core.Time;
import ai.powertools.cost.BudgetExceededException;
import ai.powertools.cost.CallSpan;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.retry.Classifier;
import ai.powertools.retry.Retry;
import ai.powertools.retry.RetryEvent;
import ai.powertools.retry.Verdict;
import ai.powertools.router.CandidateRefusedException;
import ai.powertools.router.Chain;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Interceptor;
import java.util.random.RandomGenerator;

/**
 * Around the attempts at one model: tries again what may pass, and makes sure that each further
 * attempt is covered by the budget like the first.
 */
final class RetryLayer implements Interceptor {
  private static final StructuredLogger LOG = StructuredLogger.of(RetryLayer.class);

  private final Retry retry;

  RetryLayer(RetrySettings settings, Time time, RandomGenerator random) {
    this.retry =
        Retry.builder()
            .maxAttempts(settings.maxAttempts())
            .exponential(settings.firstWait(), 2.0)
            .cap(settings.longestWait())
            .fullJitter()
            .retryOn(RetryLayer::verdict)
            .listener(RetryLayer::log)
            .time(time)
            .random(random)
            .build();
  }

  @Override
  public ChatResponse intercept(Chain chain) {
    return retry.call(
        chain.call().deadline(),
        attempt -> {
          if (attempt.number() > 1) {
            cover(chain);
          }
          return chain.proceed(chain.request());
        });
  }

  private static void cover(Chain chain) {
    try {
      chain.call().get(CallContext.SPAN).ifPresent(CallSpan::topUp);
    } catch (BudgetExceededException e) {
      throw new CandidateRefusedException(e);
    }
  }

  /** A layer that refuses the model has decided already that waiting here is no use. */
  private static Verdict verdict(Throwable failure) {
    return failure instanceof CandidateRefusedException
        ? Verdict.permanent()
        : Classifier.standard().classify(failure);
  }

  private static void log(RetryEvent event) {
    LOG.warn("retry")
        .with("attempt", event.attempt())
        .with("wait_ms", event.delay().toMillis())
        .with("why", event.error().getMessage())
        .log();
  }
}
