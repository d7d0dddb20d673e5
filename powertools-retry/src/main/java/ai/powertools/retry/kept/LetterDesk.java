package ai.powertools.retry.kept;

import ai.powertools.core.Time;
import ai.powertools.retry.Failure;
import ai.powertools.retry.kept.LetterTable.Numbered;
import ai.powertools.store.Store;
import ai.powertools.store.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Hands letters out to those who drive them, and takes them back. Safe for many threads. */
final class LetterDesk {
  private final Store store;
  private final LetterRules rules;
  private final UnaryOperator<String> messages;
  private final Time time;
  private final boolean givenUpToo;

  LetterDesk(
      Store store,
      LetterRules rules,
      UnaryOperator<String> messages,
      Time time,
      boolean givenUpToo) {
    this.store = store;
    this.rules = rules;
    this.messages = messages;
    this.time = time;
    this.givenUpToo = givenUpToo;
  }

  /** What came of asking for a letter: it was taken, given up instead, or others have it. */
  enum Asked {
    TAKEN,
    GIVEN_UP,
    LEFT
  }

  /** What was asked for, as it is now. */
  record Answer(Asked asked, Numbered letter) {}

  /** Takes a letter, if it is there. */
  Optional<Answer> take(long id) {
    return write(
        sql -> {
          LetterTable letters = new LetterTable(sql);
          return letters.find(id).map(found -> take(letters, found));
        });
  }

  private Answer take(LetterTable letters, Numbered found) {
    DeadLetter letter = found.letter();
    Instant now = time.instant();
    boolean orphaned = letter.takenUntil().filter(until -> !until.isAfter(now)).isPresent();
    boolean free =
        switch (letter.state()) {
          case WAITING -> true;
          case TAKEN -> orphaned;
          case GIVEN_UP -> givenUpToo;
          case DONE -> false;
        };
    if (!free || letter.cut()) {
      return new Answer(Asked.LEFT, found);
    }
    // Whoever had it before died of it, or with it: that counts, or it could go on for ever.
    int redrives = letter.redrives() + (orphaned ? 1 : 0);
    if (orphaned && redrives >= rules.mostRedrives()) {
      letters.giveUp(letter.id(), redrives);
      return new Answer(Asked.GIVEN_UP, found);
    }
    Numbered taken = letters.take(letter.id(), redrives, now.plus(rules.lease())).orElseThrow();
    return new Answer(Asked.TAKEN, taken);
  }

  /** Keeps others from a letter, also when the work outlasts the time that it was taken for. */
  LetterLease lease(Numbered taken) {
    return new LetterLease(store, taken, rules.lease(), time);
  }

  void done(Numbered taken) {
    write(
        sql -> {
          new LetterTable(sql).done(taken.letter().id());
          return true;
        });
  }

  /** What became of a letter that failed again; empty if it is no longer the caller's. */
  Optional<LetterState> failed(Numbered taken, Failure failure) {
    boolean last = taken.letter().redrives() + 1 >= rules.mostRedrives();
    LetterState state = last ? LetterState.GIVEN_UP : LetterState.WAITING;
    LetterError error = LetterError.of(failure, messages, time.instant());
    boolean mine = write(sql -> new LetterTable(sql).failed(taken, state, error));
    return mine ? Optional.of(state) : Optional.empty();
  }

  /** As if nothing had been tried. */
  void putBack(Numbered taken) {
    write(sql -> new LetterTable(sql).putBack(taken, LetterState.WAITING));
  }

  /** Also on a thread that was interrupted: what became of a letter is kept in any case. */
  private <T> T write(Transaction<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      return store.write(LetterTable.MODE, work);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
