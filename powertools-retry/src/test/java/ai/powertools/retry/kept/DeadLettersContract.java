package ai.powertools.retry.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.CircuitBreakers;
import ai.powertools.retry.CircuitOpenException;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Jitter;
import ai.powertools.retry.Retry;
import ai.powertools.retry.report.AttemptSummary;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dead letters do on every kind of store. */
abstract class DeadLettersContract {
  private static final String SECRET = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789";

  final VirtualClock clock = VirtualClock.create();
  private final Instant start = clock.instant();
  private Store store;

  abstract Store create();

  @BeforeEach
  void open() {
    store = create();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private DeadLettersBuilder builder() {
    return DeadLetters.builder().store(store).time(clock).lease(Duration.ofSeconds(30));
  }

  private ErrorHandler handler(DeadLetters letters, int attempts) {
    return ErrorHandler.builder()
        .retry(
            Retry.builder()
                .maxAttempts(attempts)
                .fixed(Duration.ofMillis(5))
                .jitter(Jitter.none())
                .time(VirtualClock.autoAdvancing())
                .build())
        .deadLetters(letters)
        .build();
  }

  /** Calls something that fails for good, and gives what the caller is thrown. */
  private Throwable fail(DeadLetters letters, String task, String payload, Exception error) {
    CallOptions options = CallOptions.of("vendor/model").input(task, payload);
    return catchThrowable(
        () ->
            handler(letters, 1)
                .call(
                    options,
                    attempt -> {
                      throw error;
                    }));
  }

  private long kept(DeadLetters letters, String payload) {
    fail(letters, "summarize", payload, new IOException("down"));
    return letters.list(LetterFilter.all().task("summarize")).stream()
        .filter(letter -> letter.payload().equals(payload))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static DeadLetter only(DeadLetters letters) {
    List<DeadLetter> all = letters.list(LetterFilter.all());
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Redrivers answering(Object answer) {
    return Redrivers.any((letter, attempt) -> answer);
  }

  private static Redrivers failing(Exception error) {
    return Redrivers.any(
        (letter, attempt) -> {
          throw error;
        });
  }

  @Test
  void keepsWhatFailedForGoodWithItsInputItsKeyAndItsAttempts() {
    DeadLetters letters = builder().build();
    CallOptions options =
        CallOptions.of("vendor/model")
            .input("summarize", "{\"text\":\"ä\0🙂\"}")
            .idempotencyKey("k-1");

    assertThatThrownBy(
            () ->
                handler(letters, 2)
                    .call(
                        options,
                        attempt -> {
                          throw new SocketTimeoutException("Read timed out");
                        }))
        .isNotNull();

    DeadLetter letter = only(letters);
    assertThat(letter.key()).isEqualTo("vendor/model");
    assertThat(letter.task()).isEqualTo("summarize");
    assertThat(letter.payload()).isEqualTo("{\"text\":\"ä\0🙂\"}");
    assertThat(letter.cut()).isFalse();
    assertThat(letter.idempotencyKey()).isEqualTo("k-1");
    assertThat(letter.state()).isEqualTo(LetterState.WAITING);
    assertThat(letter.kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(letter.error()).isEqualTo("SocketTimeoutException: Read timed out");
    assertThat(letter.attempts()).extracting(AttemptSummary::number).containsExactly(1, 2);
    assertThat(letter.attempts().get(0).waited()).isEqualTo(Duration.ofMillis(5));
    assertThat(letter.firstFailedAt()).isEqualTo(start);
    assertThat(letter.lastFailedAt()).isEqualTo(start);
    assertThat(letter.redrives()).isZero();
    assertThat(letter.takenUntil()).isEmpty();
    assertThat(letters.find(letter.id())).contains(letter);
    assertThat(letter.toString()).contains("summarize").doesNotContain("🙂");
  }

  @Test
  void makesUpAKeyForACallThatWasNeverTried() {
    DeadLetters letters = builder().build();
    Deadline past = Deadline.after(Duration.ZERO, clock);

    assertThatThrownBy(
            () ->
                handler(letters, 1)
                    .call(
                        CallOptions.of("x").deadline(past).input("late", "p"), attempt -> "answer"))
        .isInstanceOf(DeadlineExceededException.class);

    DeadLetter letter = only(letters);
    assertThat(letter.idempotencyKey()).isNotEmpty();
    assertThat(letter.type()).isEqualTo("DeadlineExceededException");
    assertThat(letter.attempts()).isEmpty();
  }

  @Test
  void keepsNoSecretOfAnErrorAndRedactsThePayloadWhenAsked() {
    DeadLetters letters =
        builder()
            .redact(text -> text.replace("Jane", "(name)"))
            .messages(text -> text.replace("kitten", "(pet)"))
            .build();

    fail(letters, "t", "Jane's text", new IOException("key " + SECRET + " of kitten refused"));

    DeadLetter letter = only(letters);
    assertThat(letter.payload()).isEqualTo("(name)'s text");
    assertThat(letter.message()).doesNotContain(SECRET).isEqualTo("key *** of (pet) refused");
    assertThat(letter.attempts().get(0).message()).isEqualTo(letter.message());

    letters.redrive(LetterFilter.all(), failing(new IOException("kitten again: " + SECRET)));
    assertThat(only(letters).message()).isEqualTo("(pet) again: ***");
  }

  @Test
  void keepsNothingIfTheRedactionFails() {
    DeadLetters letters =
        builder()
            .redact(
                text -> {
                  throw new IllegalStateException("no redaction today");
                })
            .build();

    Throwable error = fail(letters, "t", "payload", new IOException("down"));

    assertThat(letters.list(LetterFilter.all())).isEmpty();
    assertThat(error.getSuppressed()).hasAtLeastOneElementOfType(IllegalStateException.class);
  }

  @Test
  void marksAPayloadThatIsTooLongAndNeverDrivesItsBeginning() {
    DeadLetters letters = builder().maxPayload(3).build();

    fail(letters, "t", "ab🙂", new IOException("down"));

    DeadLetter letter = only(letters);
    assertThat(letter.payload()).isEqualTo("ab");
    assertThat(letter.cut()).isTrue();
    assertThat(letter.state()).isEqualTo(LetterState.GIVEN_UP);
    assertThat(letters.redrive(LetterFilter.ids(List.of(letter.id())), answering("x")))
        .isEqualTo(new RedriveSummary(0, 0, 0, 1));
    assertThat(only(letters)).isEqualTo(letter);
  }

  @Test
  void drivesWhatWaitsWithTheSameKeyAndForgetsThePayloadOfWhatIsDone() {
    DeadLetters letters = builder().build();
    kept(letters, "one");
    kept(letters, "two");
    List<String> keys =
        letters.list(LetterFilter.all()).stream().map(DeadLetter::idempotencyKey).toList();
    List<String> seen = new ArrayList<>();
    List<Driven> told = new ArrayList<>();

    RedriveSummary summary =
        letters.redrive(
            LetterFilter.all(),
            Redrivers.of(
                "summarize",
                (letter, attempt) -> {
                  assertThat(attempt.idempotencyKey()).isEqualTo(letter.idempotencyKey());
                  assertThat(letters.find(letter.id()).orElseThrow().state())
                      .isEqualTo(LetterState.TAKEN);
                  seen.add(attempt.idempotencyKey());
                  return letter.payload() + "!";
                }),
            told::add);

    assertThat(summary).isEqualTo(new RedriveSummary(2, 0, 0, 0));
    assertThat(summary.describe()).isEqualTo("2 done, 0 failed again, 0 given up, 0 skipped");
    assertThat(seen).isEqualTo(keys);
    assertThat(told)
        .extracting(driven -> driven.answer().orElseThrow())
        .containsExactly("one!", "two!");
    assertThat(letters.list(LetterFilter.all()))
        .allSatisfy(
            letter -> {
              assertThat(letter.state()).isEqualTo(LetterState.DONE);
              assertThat(letter.payload()).isEmpty();
              assertThat(letter.takenUntil()).isEmpty();
            });
    assertThat(letters.redrive(LetterFilter.all(), failing(new IOException("no"))))
        .isEqualTo(RedriveSummary.NONE);
  }

  @Test
  void putsBackWhatFailsAgainAndGivesItUpInTheEnd() {
    DeadLetters letters = builder().maxRedrives(2).build();
    long id = kept(letters, "p");
    clock.advance(Duration.ofHours(1));
    IllegalArgumentException wrong = new IllegalArgumentException("no such model");
    List<Driven> told = new ArrayList<>();

    assertThat(letters.redrive(LetterFilter.all(), failing(wrong), told::add))
        .isEqualTo(new RedriveSummary(0, 1, 0, 0));
    DeadLetter again = letters.find(id).orElseThrow();
    assertThat(again.state()).isEqualTo(LetterState.WAITING);
    assertThat(again.redrives()).isEqualTo(1);
    assertThat(again.error()).isEqualTo("IllegalArgumentException: no such model");
    assertThat(again.firstFailedAt()).isEqualTo(start);
    assertThat(again.lastFailedAt()).isEqualTo(start.plus(Duration.ofHours(1)));
    assertThat(again.payload()).isEqualTo("p");

    assertThat(letters.redrive(LetterFilter.all(), failing(wrong), told::add))
        .isEqualTo(new RedriveSummary(0, 0, 1, 0));
    assertThat(letters.counts()).isEqualTo(new LetterCounts(0, 0, 0, 1));
    assertThat(told)
        .extracting(driven -> driven.error().orElseThrow())
        .containsExactly(wrong, wrong);
    assertThat(letters.redrive(LetterFilter.all(), answering("x"))).isEqualTo(RedriveSummary.NONE);

    assertThat(letters.redrive(LetterFilter.ids(List.of(id)), answering("x")))
        .isEqualTo(new RedriveSummary(1, 0, 0, 0));
  }

  @Test
  void drivesWhatWasGivenUpIfAskedForByState() {
    DeadLetters letters = builder().maxRedrives(1).build();
    kept(letters, "p");
    letters.redrive(LetterFilter.all(), failing(new IOException("down")));

    LetterFilter givenUp = LetterFilter.all().state(LetterState.GIVEN_UP);
    assertThat(letters.redrive(givenUp, answering("x"))).isEqualTo(new RedriveSummary(1, 0, 0, 0));
  }

  @Test
  void leavesWhatNobodyKnowsTheTaskOf() {
    DeadLetters letters = builder().build();
    kept(letters, "p");
    fail(letters, "embed", "q", new IOException("down"));

    RedriveSummary summary =
        letters.redrive(
            LetterFilter.all(),
            Redrivers.of("translate", (letter, attempt) -> "no")
                .and("embed", (letter, attempt) -> "yes"));

    assertThat(summary).isEqualTo(new RedriveSummary(1, 0, 0, 1));
    assertThat(letters.counts()).isEqualTo(new LetterCounts(1, 0, 1, 0));
  }

  @Test
  void isNotDrivenByTwoAtATimeHoweverLongTheWorkTakes() {
    DeadLetters letters = builder().build();
    kept(letters, "p");
    List<RedriveSummary> others = new ArrayList<>();

    letters.redrive(
        LetterFilter.all(),
        Redrivers.any(
            (letter, attempt) -> {
              for (int i = 0; i < 12; i++) { // two minutes, four times the lease
                clock.advance(Duration.ofSeconds(10));
                others.add(letters.redrive(LetterFilter.all(), answering("other")));
              }
              return "mine";
            }));

    assertThat(others).hasSize(12).containsOnly(new RedriveSummary(0, 0, 0, 1));
    assertThat(letters.counts()).isEqualTo(new LetterCounts(0, 0, 1, 0));
    clock.advance(Duration.ofHours(1));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void takesUpWhatWasLeftByADeadProcessWhenItsLeaseEnds() {
    DeadLetters letters = builder().build();
    long id = kept(letters, "p");
    die(id);

    assertThat(letters.redrive(LetterFilter.all(), answering("x")))
        .isEqualTo(new RedriveSummary(0, 0, 0, 1));
    clock.advance(Duration.ofSeconds(30));
    List<Integer> redrives = new ArrayList<>();
    Redrivers counting = Redrivers.any((letter, attempt) -> redrives.add(letter.redrives()));
    assertThat(letters.redrive(LetterFilter.all(), counting))
        .isEqualTo(new RedriveSummary(1, 0, 0, 0));
    assertThat(redrives).as("the death counts as a redrive that failed").containsExactly(1);
  }

  @Test
  void givesUpWhatKillsItsDriverAgainAndAgain() {
    DeadLetters letters = builder().maxRedrives(3).build();
    long id = kept(letters, "p");
    for (int death = 1; death <= 3; death++) {
      die(id);
      clock.advance(Duration.ofSeconds(30));
    }

    assertThat(letters.redrive(LetterFilter.all(), answering("x")))
        .isEqualTo(new RedriveSummary(0, 0, 1, 0));
    assertThat(letters.find(id).orElseThrow().redrives()).isEqualTo(3);
  }

  /** Takes the letter, and is not heard of again. */
  private void die(long id) {
    LetterRules rules = new LetterRules(10, Duration.ofDays(1), 3, Duration.ofSeconds(30));
    LetterDesk desk = new LetterDesk(store, rules, text -> text, clock, false);
    assertThat(desk.take(id).orElseThrow().asked()).isEqualTo(LetterDesk.Asked.TAKEN);
  }

  @Test
  void whoeverLostALetterCanNoLongerPutItBackButWhatIsDoneIsDone() {
    DeadLetters letters = builder().build();
    long id = kept(letters, "p");
    LetterRules rules = new LetterRules(10, Duration.ofDays(1), 3, Duration.ofSeconds(30));
    LetterDesk desk = new LetterDesk(store, rules, text -> text, clock, false);
    LetterTable.Numbered paused = desk.take(id).orElseThrow().letter();
    clock.advance(Duration.ofSeconds(30));
    LetterTable.Numbered second = desk.take(id).orElseThrow().letter();

    desk.putBack(paused);
    assertThat(letters.find(id).orElseThrow().state()).isEqualTo(LetterState.TAKEN);

    desk.done(paused);
    desk.putBack(second);
    assertThat(letters.find(id).orElseThrow().state()).isEqualTo(LetterState.DONE);
  }

  @Test
  void aCallThatFailsFromWithinItsRedriveIsNotKeptTwice() {
    DeadLetters letters = builder().build();
    kept(letters, "p");
    ErrorHandler inner = handler(letters, 1);

    RedriveSummary summary =
        letters.redrive(
            LetterFilter.all(),
            Redrivers.any(
                (letter, attempt) ->
                    inner.call(
                        CallOptions.of(letter.key())
                            .idempotencyKey(attempt.idempotencyKey())
                            .input(letter.task(), letter.payload()),
                        again -> {
                          throw new IOException("still down");
                        })));

    assertThat(summary).isEqualTo(new RedriveSummary(0, 1, 0, 0));
    DeadLetter letter = only(letters);
    assertThat(letter.state()).isEqualTo(LetterState.WAITING);
    assertThat(letter.redrives()).isEqualTo(1);
    assertThat(letter.payload()).isEqualTo("p");
    assertThat(letter.message()).isEqualTo("still down");
  }

  @Test
  void aCallThatIsMadeAndFailsAgainAfterItWasDoneWaitsAgain() {
    DeadLetters letters = builder().build();
    CallOptions options = CallOptions.of("x").idempotencyKey("order-7").input("t", "first");
    failWith(letters, options);
    letters.redrive(LetterFilter.all(), answering("done"));

    failWith(letters, options.input("t", "second"));

    DeadLetter letter = only(letters);
    assertThat(letter.state()).isEqualTo(LetterState.WAITING);
    assertThat(letter.payload()).isEqualTo("second");
    assertThat(letter.redrives()).isZero();
    failWith(letters, options.input("other", "same key, other task"));
    assertThat(letters.counts().waiting()).isEqualTo(2);
  }

  private void failWith(DeadLetters letters, CallOptions options) {
    assertThatThrownBy(
            () ->
                handler(letters, 1)
                    .call(
                        options,
                        attempt -> {
                          throw new IOException("down");
                        }))
        .isNotNull();
  }

  @Test
  void anInterruptEndsTheRunAndLeavesTheLetterAsItWas() {
    DeadLetters letters = builder().build();
    kept(letters, "one");
    kept(letters, "two");
    Redrivers interrupted =
        Redrivers.any(
            (letter, attempt) -> {
              Thread.currentThread().interrupt();
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> letters.redrive(LetterFilter.all(), interrupted))
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(letters.counts()).isEqualTo(new LetterCounts(2, 0, 0, 0));
    assertThat(letters.list(LetterFilter.all())).extracting(DeadLetter::redrives).containsOnly(0);
  }

  @Test
  void anInterruptThatTheWorkDoesNotHeedEndsTheRunAfterIt() {
    DeadLetters letters = builder().build();
    kept(letters, "one");
    kept(letters, "two");
    Redrivers stubborn =
        Redrivers.any(
            (letter, attempt) -> {
              Thread.currentThread().interrupt();
              return "done all the same";
            });

    assertThatThrownBy(() -> letters.redrive(LetterFilter.all(), stubborn))
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(letters.counts()).isEqualTo(new LetterCounts(1, 0, 1, 0));
  }

  @Test
  @SuppressWarnings("try") // the scope is there to be closed
  void aDeadlineThatHasPassedEndsTheRun() {
    DeadLetters letters = builder().build();
    kept(letters, "one");
    kept(letters, "two");
    try (Deadline.Scope scope = Deadline.after(Duration.ofSeconds(5), clock).makeCurrent()) {
      Redrivers slow =
          Redrivers.any(
              (letter, attempt) -> {
                clock.advance(Duration.ofSeconds(6));
                return "done";
              });
      assertThatThrownBy(() -> letters.redrive(LetterFilter.all(), slow))
          .isInstanceOf(DeadlineExceededException.class);
    }
    assertThat(letters.counts()).isEqualTo(new LetterCounts(1, 0, 1, 0));
  }

  @Test
  void aLetterIsNotBlamedForACircuitThatIsOpen() {
    CircuitBreakers breakers = CircuitBreakers.builder().time(clock).build();
    breakers.forceOpen("vendor/model");
    DeadLetters letters =
        builder().handler(ErrorHandler.builder().circuitBreakers(breakers).build()).build();
    kept(letters, "p");

    assertThat(letters.redrive(LetterFilter.all(), answering("x")))
        .isEqualTo(new RedriveSummary(0, 0, 0, 1));
    assertThat(only(letters).redrives()).isZero();
    assertThat(only(letters).state()).isEqualTo(LetterState.WAITING);
  }

  @Test
  void theHandlerOfTheRedriveMakesItsAttempts() {
    DeadLetters letters = builder().handler(handlerOfThree()).build();
    kept(letters, "p");
    List<Integer> attempts = new ArrayList<>();

    RedriveSummary summary =
        letters.redrive(
            LetterFilter.all(),
            Redrivers.any(
                (letter, attempt) -> {
                  attempts.add(attempt.number());
                  if (attempt.number() < 3) {
                    throw new IOException("down");
                  }
                  return "up";
                }));

    assertThat(summary).isEqualTo(new RedriveSummary(1, 0, 0, 0));
    assertThat(attempts).containsExactly(1, 2, 3);
  }

  private static ErrorHandler handlerOfThree() {
    return ErrorHandler.builder()
        .retry(Retry.builder().maxAttempts(3).time(VirtualClock.autoAdvancing()).build())
        .build();
  }

  @Test
  void anErrorOfTheMachineIsKeptAndThrown() {
    DeadLetters letters = builder().build();
    kept(letters, "p");
    Redrivers broken =
        Redrivers.any(
            (letter, attempt) -> {
              throw new StackOverflowError("too deep");
            });

    assertThatThrownBy(() -> letters.redrive(LetterFilter.all(), broken))
        .isInstanceOf(StackOverflowError.class);

    assertThat(only(letters).redrives()).isEqualTo(1);
    assertThat(only(letters).type()).isEqualTo("StackOverflowError");
  }

  @Test
  void findsByTaskKeyKindStateTimeAndNumber() {
    DeadLetters letters = builder().build();
    fail(letters, "a", "1", new IOException("down"));
    clock.advance(Duration.ofMinutes(5));
    fail(letters, "b", "2", new IllegalArgumentException("wrong"));
    CircuitBreakers breakers = CircuitBreakers.builder().time(clock).build();
    breakers.forceOpen("other");
    ErrorHandler other =
        ErrorHandler.builder().circuitBreakers(breakers).deadLetters(letters).build();
    assertThatThrownBy(() -> other.call(CallOptions.of("other").input("b", "3"), attempt -> "x"))
        .isInstanceOf(CircuitOpenException.class);
    letters.redrive(LetterFilter.all().task("a"), answering("x"));

    assertThat(payloads(letters, LetterFilter.all().task("b"))).containsExactly("2", "3");
    assertThat(payloads(letters, LetterFilter.all().key("other"))).containsExactly("3");
    assertThat(letters.list(LetterFilter.all().kind(ErrorKind.TRANSIENT)))
        .extracting(DeadLetter::task)
        .contains("a");
    assertThat(letters.list(LetterFilter.all().state(LetterState.DONE)))
        .extracting(DeadLetter::task)
        .containsExactly("a");
    assertThat(payloads(letters, LetterFilter.all().since(start.plusSeconds(1))))
        .containsExactly("2", "3");
    assertThat(payloads(letters, LetterFilter.all().task("b").limit(1))).containsExactly("2");
    long last = letters.list(LetterFilter.all().key("other")).get(0).id();
    assertThat(payloads(letters, LetterFilter.ids(List.of(last, last + 1)))).containsExactly("3");
    assertThatThrownBy(() -> LetterFilter.all().limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A limit of letters is at least 1, not 0");
  }

  private static List<String> payloads(DeadLetters letters, LetterFilter filter) {
    return letters.list(filter).stream().map(DeadLetter::payload).toList();
  }

  @Test
  void discardsForGoodAlsoUnderTheHandsOfWhoeverDrives() {
    DeadLetters letters = builder().build();
    long id = kept(letters, "p");

    RedriveSummary summary =
        letters.redrive(
            LetterFilter.all(),
            Redrivers.any(
                (letter, attempt) -> {
                  assertThat(letters.discard(id)).isTrue();
                  throw new IOException("down");
                }));

    assertThat(summary).isEqualTo(new RedriveSummary(0, 0, 0, 1));
    assertThat(letters.find(id)).isEqualTo(Optional.empty());
    assertThat(letters.discard(id)).isFalse();
  }

  @Test
  void prunesWhatIsDoneFirstThenWhatWasGivenUpAndNeverWhatWaits() {
    DeadLetters letters = builder().maxLetters(3).maxRedrives(1).build();
    long givenUp = kept(letters, "given up");
    letters.redrive(LetterFilter.all(), failing(new IOException("down")));
    long done = kept(letters, "done");
    letters.redrive(LetterFilter.all(), answering("x"));

    kept(letters, "one");
    kept(letters, "two");
    assertThat(letters.find(done)).isEmpty();
    assertThat(letters.find(givenUp)).isPresent();
    kept(letters, "three");
    assertThat(letters.find(givenUp)).isEmpty();

    Throwable error = fail(letters, "summarize", "four", new IOException("down"));
    assertThat(letters.counts()).isEqualTo(new LetterCounts(3, 0, 0, 0));
    assertThat(error.getSuppressed())
        .filteredOn(DeadLettersFullException.class::isInstance)
        .singleElement()
        .satisfies(
            full ->
                assertThat(full)
                    .hasMessage(
                        "The dead letters at %s are full: 3 of at most 3 wait to be driven again. The letter was not kept. Drive them again or discard some, or raise maxLetters."
                            .formatted(letters.location())));
  }

  @Test
  void prunesWhatIsTooOldHoweverItStandsUnlessSomebodyDrivesIt() {
    DeadLetters letters = builder().maxAge(Duration.ofDays(2)).build();
    kept(letters, "old");
    long taken = kept(letters, "taken");
    clock.advance(Duration.ofDays(3));
    die(taken);

    kept(letters, "young");
    assertThat(payloads(letters, LetterFilter.all())).containsExactly("taken", "young");
    clock.advance(Duration.ofSeconds(30));
    kept(letters, "younger");
    assertThat(payloads(letters, LetterFilter.all())).containsExactly("young", "younger");
  }

  @Test
  void keepsWhatFailsOnTheThreadOfTheStoreItself() {
    DeadLetters letters = builder().build();
    ErrorHandler handler = handler(letters, 1);

    assertThatThrownBy(
            () ->
                handler
                    .callAsync(
                        CallOptions.of("x").input("t", "p"),
                        attempt ->
                            store.writeAsync(
                                sql -> {
                                  throw new IllegalStateException("refused");
                                }))
                    .join())
        .hasRootCauseMessage("refused");

    store.update(sql -> sql.query("SELECT 1 AS one", row -> 1)); // what was written before is there
    assertThat(only(letters).message()).isEqualTo("refused");
  }
}
