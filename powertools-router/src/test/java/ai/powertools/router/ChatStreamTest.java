package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Threads;
import ai.powertools.models.Usage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timeout is a net: what hangs, interruptible or not, should fail and not keep the build. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatStreamTest {
  private static final ChatResponse RESPONSE = ChatResponse.of("ab", "p", "m", Usage.of(1, 2));

  private final ExecutorService others = Threads.perTask("reader");

  @AfterEach
  void shutDown() {
    others.shutdownNow();
  }

  private static StreamEvent delta(String text) {
    return new StreamEvent.TextDelta(text);
  }

  @Test
  void givesWhatArrivesAndThenTheWhole() {
    try (ChatStream stream =
        ChatStream.of(
            told -> {
              told.on(delta("a"));
              told.on(delta("b"));
              return RESPONSE;
            })) {
      assertThat(stream)
          .containsExactly(delta("a"), delta("b"), new StreamEvent.Finished(RESPONSE));
    }
  }

  @Test
  void tellsTheEndOnceAndOnlyWhenTheCallHasSettled() throws Exception {
    CountDownLatch toldTheEnd = new CountDownLatch(1);
    CountDownLatch maySettle = new CountDownLatch(1);
    AtomicBoolean settled = new AtomicBoolean();
    try (ChatStream stream =
        ChatStream.of(
            told -> {
              told.on(new StreamEvent.Finished(RESPONSE));
              toldTheEnd.countDown();
              await(maySettle);
              settled.set(true);
              return RESPONSE;
            })) {
      toldTheEnd.await();
      CompletableFuture<List<StreamEvent>> events =
          CompletableFuture.supplyAsync(
              () -> {
                List<StreamEvent> all = new ArrayList<>();
                for (StreamEvent event : stream) {
                  assertThat(settled).isTrue();
                  all.add(event);
                }
                return all;
              },
              others);
      maySettle.countDown();
      assertThat(events.get()).containsExactly(new StreamEvent.Finished(RESPONSE));
    }
  }

  @Test
  void throwsWhatTheCallThrowsAfterWhatHadArrivedAndOnce() {
    IllegalStateException broken = new IllegalStateException("broken");
    try (ChatStream stream =
        ChatStream.of(
            told -> {
              told.on(delta("a"));
              throw broken;
            })) {
      Iterator<StreamEvent> events = stream.iterator();
      assertThat(events.next()).isEqualTo(delta("a"));
      assertThatThrownBy(events::hasNext).isSameAs(broken);
      assertThat(events.hasNext()).isFalse();
      assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void anErrorOfTheMachineReachesTheReaderToo() {
    AssertionError error = new AssertionError("impossible");
    try (ChatStream stream =
        ChatStream.of(
            told -> {
              throw error;
            })) {
      assertThatThrownBy(stream::response)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("impossible")
          .hasCause(error);
    }
  }

  @Test
  void keepsTheErrorOfACallThatEndedBeforeAnybodyRead() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    try (ChatStream stream =
        ChatStream.of(
            told -> {
              thread.set(Thread.currentThread());
              for (int i = 0; i < 64; i++) {
                told.on(delta("x"));
              }
              throw new IllegalStateException("late");
            })) {
      while (thread.get() == null) {
        Thread.onSpinWait();
      }
      thread.get().join();
      Iterator<StreamEvent> events = stream.iterator();
      for (int i = 0; i < 64; i++) {
        assertThat(events.next()).isEqualTo(delta("x"));
      }
      assertThatThrownBy(events::hasNext).hasMessage("late");
    }
  }

  @Test
  void givesTheWholeAnswer() {
    try (ChatStream stream =
        ChatStream.of(
            told -> {
              told.on(delta("ab"));
              return RESPONSE;
            })) {
      assertThat(stream.response()).isSameAs(RESPONSE);
    }
  }

  @Test
  void isReadOnce() {
    try (ChatStream stream = ChatStream.of(told -> RESPONSE)) {
      assertThat(stream).hasSize(1);
      assertThatThrownBy(stream::iterator)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("A stream can be read once only.");
    }
  }

  @Test
  void staysAtItsEndWhenItIsClosedThere() {
    ChatStream stream = ChatStream.of(told -> RESPONSE);
    Iterator<StreamEvent> events = stream.iterator();
    events.next();
    stream.close();
    stream.close();

    assertThat(events.hasNext()).isFalse();
  }

  @Test
  void theCallIsNeverFarAheadOfTheReader() {
    AtomicInteger told = new AtomicInteger();
    CountDownLatch far = new CountDownLatch(64);
    try (ChatStream stream =
        ChatStream.of(
            listener -> {
              for (int i = 0; i < 1_000; i++) {
                listener.on(delta("x"));
                told.incrementAndGet();
                far.countDown();
              }
              return RESPONSE;
            })) {
      await(far);
      assertThat(told.get()).isEqualTo(64); // the 65th waits for a reader
      Iterator<StreamEvent> events = stream.iterator();
      for (int i = 1; i <= 1_000; i++) {
        assertThat(events.next()).isEqualTo(delta("x"));
        assertThat(told.get()).isLessThanOrEqualTo(64 + i);
      }
      assertThat(events.next()).isInstanceOf(StreamEvent.Finished.class);
      assertThat(events.hasNext()).isFalse();
    }
  }

  @Test
  void closingInterruptsTheCallAndWaitsUntilItHasSettled() {
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean settled = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    ChatStream stream =
        ChatStream.of(
            told -> {
              try {
                begun.countDown();
                new CountDownLatch(1).await();
                return RESPONSE;
              } catch (InterruptedException e) {
                interrupted.set(true);
                throw CancelledException.interrupted("answering", e);
              } finally {
                settled.set(true);
              }
            });
    await(begun);
    stream.close();

    assertThat(interrupted).isTrue();
    assertThat(settled).isTrue();
  }

  @Test
  void closingEndsACallThatWaitsForItsReader() {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    CountDownLatch full = new CountDownLatch(64);
    ChatStream stream =
        ChatStream.of(
            told -> {
              try {
                while (true) {
                  told.on(delta("x"));
                  full.countDown();
                }
              } catch (RuntimeException e) {
                seen.set(e);
                throw e;
              }
            });
    await(full);
    stream.close();

    assertThat(seen.get()).isInstanceOf(CancelledException.class);
  }

  @Test
  void closingEndsACallThatIgnoresInterruptsAsSoonAsItTellsSomething() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean deaf = new AtomicBoolean(true);
    ChatStream stream =
        ChatStream.of(
            told -> {
              begun.countDown();
              while (!Thread.interrupted()) {
                Thread.onSpinWait(); // and the flag is gone
              }
              told.on(delta("I did not hear you"));
              deaf.set(false);
              return RESPONSE;
            });
    await(begun);
    stream.close();

    assertThat(deaf).isTrue();
  }

  @Test
  void closingFromAnotherThreadWakesAReaderThatWaits() {
    for (int round = 0; round < 200; round++) {
      CountDownLatch read = new CountDownLatch(1);
      ChatStream stream =
          ChatStream.of(
              told -> {
                told.on(delta("a"));
                try {
                  new CountDownLatch(1).await();
                  return RESPONSE;
                } catch (InterruptedException e) {
                  throw CancelledException.interrupted("answering", e);
                }
              });
      CompletableFuture<Throwable> reader =
          CompletableFuture.supplyAsync(
              () -> {
                Iterator<StreamEvent> events = stream.iterator();
                events.next();
                read.countDown();
                return catchThrowable(events::hasNext);
              },
              others);
      await(read);
      stream.close();

      assertThat(reader.join())
          .isInstanceOf(CancelledException.class)
          .hasMessage("The stream was closed before its end.");
    }
  }

  @Test
  void anInterruptOfTheReaderCallsTheCallOff() {
    AtomicBoolean calledOff = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    ChatStream stream =
        ChatStream.of(
            told -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
                return RESPONSE;
              } catch (InterruptedException e) {
                calledOff.set(true);
                throw CancelledException.interrupted("answering", e);
              }
            });
    await(begun);
    Thread.currentThread().interrupt();

    assertThatThrownBy(stream::response)
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while reading a stream.");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(calledOff).isTrue();
  }

  @Test
  void anInterruptDoesNotKeepACloserFromWaiting() {
    AtomicBoolean settled = new AtomicBoolean();
    ChatStream stream =
        ChatStream.of(
            told -> {
              while (!Thread.interrupted()) {
                Thread.onSpinWait();
              }
              settled.set(true);
              return RESPONSE;
            });
    Thread.currentThread().interrupt();
    stream.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(settled).isTrue();
  }

  @Test
  void theCallMayCloseItsOwnStream() {
    CompletableFuture<ChatStream> self = new CompletableFuture<>();
    ChatStream stream =
        ChatStream.of(
            told -> {
              self.join().close();
              told.on(delta("nobody is there"));
              return RESPONSE;
            });
    self.complete(stream);

    assertThatThrownBy(stream::response).isInstanceOf(CancelledException.class);
    stream.close();
  }

  @Test
  void closingAJdkStreamClosesThisOne() {
    AtomicBoolean calledOff = new AtomicBoolean();
    ChatStream stream =
        ChatStream.of(
            told -> {
              try {
                IntStream.range(0, 1_000).forEach(i -> told.on(delta("x")));
                return RESPONSE;
              } catch (CancelledException e) {
                calledOff.set(true);
                throw e;
              }
            });
    try (Stream<StreamEvent> events = stream.stream()) {
      assertThat(events.limit(3)).hasSize(3);
    }

    assertThat(calledOff).isTrue();
  }

  /** The race that a close and an end run, whoever wins. */
  @Test
  void neitherHangsNorLosesAnErrorWhereverItIsClosed() {
    for (int round = 0; round < 500; round++) {
      int events = round % 100;
      ChatStream stream =
          ChatStream.of(
              told -> {
                for (int i = 0; i < events; i++) {
                  told.on(delta("x"));
                }
                throw new IllegalStateException("the end");
              });
      CompletableFuture<Throwable> reader =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> stream.forEach(event -> {})), others);
      if (round % 2 == 0) {
        stream.close();
      }
      Throwable seen = reader.join();
      if (round % 2 == 0) {
        assertThat(seen).isInstanceOfAny(CancelledException.class, IllegalStateException.class);
      } else {
        assertThat(seen).hasMessage("the end");
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("waiting in a test", e);
    }
  }
}
