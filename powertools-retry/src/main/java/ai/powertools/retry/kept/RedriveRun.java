package ai.powertools.retry.kept;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.retry.BulkheadFullException;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.CircuitOpenException;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Failure;
import ai.powertools.retry.kept.DeadLetters.Candidate;
import ai.powertools.retry.kept.LetterDesk.Answer;
import ai.powertools.retry.kept.LetterTable.Numbered;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run over letters. For one thread. */
final class RedriveRun {
  private final DeadLetters letters;
  private final LetterDesk desk;
  private final ErrorHandler handler;
  private final Redrivers redrivers;
  private final Consumer<Driven> told;

  RedriveRun(
      DeadLetters letters,
      LetterDesk desk,
      ErrorHandler handler,
      Redrivers redrivers,
      Consumer<Driven> told) {
    this.letters = letters;
    this.desk = desk;
    this.handler = handler;
    this.redrivers = redrivers;
    this.told = told;
  }

  RedriveSummary run(List<Candidate> candidates) {
    RedriveSummary summary = RedriveSummary.NONE;
    for (Candidate candidate : candidates) {
      stopIfAsked();
      Optional<Driven> driven = settle(candidate);
      if (driven.isPresent()) {
        summary = summary.and(driven.get().outcome());
        told.accept(driven.get());
      }
    }
    return summary;
  }

  private static void stopIfAsked() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException("Driving dead letters again was interrupted.", null);
    }
    Deadline.current().check("driving the next dead letter");
  }

  /** Empty if it was removed meanwhile. */
  private Optional<Driven> settle(Candidate candidate) {
    Optional<Redriver> redriver = redrivers.find(candidate.task());
    if (redriver.isEmpty()) {
      return letters.find(candidate.id()).map(Driven::skipped);
    }
    return desk.take(candidate.id()).map(answer -> settle(answer, redriver.get()));
  }

  private Driven settle(Answer answer, Redriver redriver) {
    DeadLetter letter = answer.letter().letter();
    return switch (answer.asked()) {
      case LEFT -> Driven.skipped(letter);
      case GIVEN_UP ->
          new Driven(letter, Driven.Outcome.GIVEN_UP, Optional.empty(), Optional.empty());
      case TAKEN -> drive(answer.letter(), redriver);
    };
  }

  private Driven drive(Numbered taken, Redriver redriver) {
    DeadLetter letter = taken.letter();
    CallResult<Optional<Object>> result = desk.lease(taken).during(() -> call(letter, redriver));
    Optional<Failure> failure = result.failure();
    if (failure.isEmpty()) {
      desk.done(taken);
      return Driven.done(letter, result.value());
    }
    return failed(taken, failure.get());
  }

  private CallResult<Optional<Object>> call(DeadLetter letter, Redriver redriver) {
    CallOptions options = CallOptions.of(letter.key()).idempotencyKey(letter.idempotencyKey());
    return handler.run(options, attempt -> Optional.ofNullable(redriver.drive(letter, attempt)));
  }

  private Driven failed(Numbered taken, Failure failure) {
    Throwable error = failure.error();
    if (failure.verdict().kind() == ErrorKind.CANCELLED
        || error instanceof CancelledException
        || (failure.attempts().isEmpty() && error instanceof DeadlineExceededException)) {
      desk.putBack(taken);
      throw error instanceof RuntimeException known
          ? known
          : new CancelledException(
              "Driving dead letter " + taken.letter().id() + " was called off.", error);
    }
    if (wasNotMade(failure.lastError())) {
      desk.putBack(taken);
      return Driven.skipped(taken.letter());
    }
    Optional<LetterState> state = desk.failed(taken, failure);
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return state
        .map(
            now ->
                now == LetterState.GIVEN_UP ? Driven.Outcome.GIVEN_UP : Driven.Outcome.FAILED_AGAIN)
        .map(outcome -> Driven.failed(taken.letter(), outcome, error))
        .orElseGet(() -> Driven.skipped(taken.letter()));
  }

  /** Turned away before it began, it says nothing about the letter. */
  private static boolean wasNotMade(Throwable error) {
    return error instanceof CircuitOpenException || error instanceof BulkheadFullException;
  }
}
