package ai.powertools.orchestrator;

import ai.powertools.logging.StructuredLogger;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.FailedCall;
import ai.powertools.retry.Failure;
import ai.powertools.retry.FailureListener;
import ai.powertools.retry.Outcome;
import ai.powertools.retry.kept.DeadLetters;
import ai.powertools.retry.kept.KeptErrors;
import ai.powertools.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of questions that failed: listeners are told, errors are kept for reports, and the
 * questions themselves as dead letters, if that is asked for. Nothing of it changes how a question
 * ends. The tables are made when the first of them is needed. Safe for many threads.
 */
final class FailedQuestions implements AutoCloseable {
  /** What the tasks of dead letters begin with that are questions. */
  static final String TASK = "ask:";

  private static final StructuredLogger LOG = StructuredLogger.of(FailedQuestions.class);

  private final OrchestratorBuilder settings;
  private final Store store;
  private final boolean keepsErrors;
  private final List<FailureListener> listeners;
  private @Nullable KeptErrors errors;
  private @Nullable DeadLetters letters;

  FailedQuestions(OrchestratorBuilder settings, Store store) {
    this.settings = settings;
    this.store = store;
    this.keepsErrors = settings.store.isPresent() || settings.home.isPresent();
    this.listeners = List.copyOf(settings.failureListeners);
  }

  /** The question has its answer; models may have failed on the way. */
  void answered(FailedModels models) {
    models.calls(true).forEach(this::tell);
  }

  /**
   * The question has no answer.
   *
   * @param keep whether it may become a dead letter: not if it is one already
   */
  void failed(
      Question question,
      FailedModels models,
      RuntimeException error,
      Duration elapsed,
      boolean keep) {
    if (Cancellation.is(error)) {
      return;
    }
    Failure failure = models.failure(error, elapsed, UUID.randomUUID().toString());
    if (keep && settings.deadLetters) {
      quietly(
          "dead_letter_not_kept",
          () ->
              letters()
                  .keep(
                      models.last(),
                      new CallOptions.Input(
                          TASK + question.request().task(), QuestionJson.write(question)),
                      failure));
    }
    List<FailedCall> calls = models.calls(false);
    calls.forEach(this::tell);
    if (calls.stream().noneMatch(call -> call.outcome() == Outcome.FAILED)) {
      tell(new FailedCall("", failure, Outcome.FAILED));
    }
  }

  /** Writes into the log that a question has ended without an answer for its caller. */
  static void log(Question question, RuntimeException error, Duration took) {
    LOG.error("call_failed")
        .with("task", question.request().task())
        .with("session", question.session().orElse(null))
        .with("latency_ms", took.toMillis())
        .with("failure", error.getClass().getSimpleName())
        .with("why", error.getMessage())
        .log();
  }

  private void tell(FailedCall call) {
    if (keepsErrors) {
      quietly("error_not_kept", () -> errors().onFailure(call));
    }
    for (FailureListener listener : listeners) {
      quietly("failure_listener_failed", () -> listener.onFailure(call));
    }
  }

  private static void quietly(String event, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error(event).with("why", e.getMessage()).log();
    }
  }

  /** The errors that are kept. */
  synchronized KeptErrors errors() {
    if (errors == null) {
      errors = KeptErrors.builder().store(store).time(settings.time).build();
    }
    return errors;
  }

  /** The questions that are kept, and whatever else the store has. */
  synchronized DeadLetters letters() {
    if (letters == null) {
      letters =
          DeadLetters.builder()
              .store(store)
              .time(settings.time)
              .redact(settings.deadLetterRedaction)
              .build();
    }
    return letters;
  }

  /** Waits until what was told of is kept. */
  @Override
  public synchronized void close() {
    if (errors != null) {
      errors.close();
    }
  }
}
