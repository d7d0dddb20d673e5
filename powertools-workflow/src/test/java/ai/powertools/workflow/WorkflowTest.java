package ai.powertools.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.PowerToolsException;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorkflowTest {
  @Test
  void handsOutputsToTheStepsThatNeedThem() {
    Workflow greeting =
        Workflow.define("greeting")
            .step("hello", c -> "Hello " + c.input("name", String.class))
            .step("length", List.of("hello"), c -> c.output("hello", String.class).length())
            .build();

    Run run = greeting.execute(Map.of("name", "Ada"));

    assertThat(run.workflow()).isEqualTo("greeting");
    assertThat(run.output("length", Integer.class)).isEqualTo(9);
    assertThat(run.outputs()).containsOnlyKeys("hello", "length");
    assertThat(run.timeline()).extracting(Run.StepTiming::step).containsExactly("hello", "length");
  }

  @Test
  void runsStepsSideBySideThatDoNotNeedEachOther() {
    CyclicBarrier meeting = new CyclicBarrier(2);
    Workflow pair =
        Workflow.define("pair")
            .step("left", c -> meeting.await())
            .step("right", c -> meeting.await())
            .build();

    // Would wait for ever if the two were not under way together.
    assertThat(pair.execute(Map.of()).outputs()).hasSize(2);
  }

  @Test
  void keepsToTheLimitOfStepsAtOnce() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Workflow.Builder many = Workflow.define("many");
    for (int i = 0; i < 20; i++) {
      many.step(
          "step" + i,
          c -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            return now.decrementAndGet();
          });
    }

    many.build().execute(Map.of(), Options.parallel(3));

    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void endsWithTheErrorOfTheStepThatFailedAndCallsOffTheOthers() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    AtomicBoolean late = new AtomicBoolean();
    Workflow failing =
        Workflow.define("failing")
            .step(
                "slow",
                c -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  }
                  return "slow";
                })
            .step(
                "broken",
                c -> {
                  begun.await();
                  throw new IOException("disk on fire");
                })
            .step(
                "after",
                List.of("slow"),
                c -> {
                  late.set(true);
                  return "";
                })
            .build();

    assertThatThrownBy(() -> failing.execute(Map.of()))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.step()).isEqualTo("broken");
              assertThat(e.workflow()).isEqualTo("failing");
              assertThat(e.retryable()).isFalse();
              assertThat(e.retryAfter()).isEmpty();
            })
        .hasMessage("Step \"broken\" of workflow \"failing\" failed: disk on fire")
        .hasCauseInstanceOf(IOException.class);
    assertThat(interrupted).isTrue();
    assertThat(late).isFalse();
  }

  @Test
  void aFailureIsAsRetryableAsItsCause() {
    PowerToolsException busy =
        new PowerToolsException("busy") {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean retryable() {
            return true;
          }

          @Override
          public Optional<Duration> retryAfter() {
            return Optional.of(Duration.ofSeconds(3));
          }
        };
    Workflow failing =
        Workflow.define("failing")
            .step(
                "one",
                c -> {
                  throw busy;
                })
            .build();

    assertThatThrownBy(() -> failing.execute(Map.of()))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.retryable()).isTrue();
              assertThat(e.retryAfter()).contains(Duration.ofSeconds(3));
            });
  }

  @Test
  void aStepThatGivesNothingFails() {
    @SuppressWarnings("NullAway")
    Workflow empty = Workflow.define("empty").step("nothing", c -> null).build();

    assertThatThrownBy(() -> empty.execute(Map.of()))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("it gave null");
  }

  @Test
  void anErrorWithoutMessageIsNamedByItsType() {
    Workflow failing =
        Workflow.define("failing")
            .step(
                "one",
                c -> {
                  throw new StackOverflowError();
                })
            .build();

    assertThatThrownBy(() -> failing.execute(Map.of()))
        .hasMessageContaining("java.lang.StackOverflowError");
  }

  @Test
  void theDeadlineEndsTheRunAndTheStepsUnderWay() throws Exception {
    VirtualClock clock = VirtualClock.create();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Workflow endless =
        Workflow.define("endless")
            .step(
                "wait",
                c -> {
                  assertThat(c.deadline().remaining()).isEqualTo(Duration.ofMinutes(1));
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  }
                  return "";
                })
            .step("next", List.of("wait"), c -> "")
            .build();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                endless.execute(
                    Map.of(), Options.defaults().time(clock).timeout(Duration.ofMinutes(1)));
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
    caller.start();
    begun.await();
    clock.advance(Duration.ofMinutes(1));
    caller.join();

    assertThat(failure.get())
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessage(
            "Workflow \"endless\" was not done by its deadline; under way: [wait], not begun: [next]."
                + " Allow more time.");
    assertThat(interrupted).isTrue();
  }

  @Test
  void doesNotBeginAfterTheDeadline() {
    AtomicBoolean ran = new AtomicBoolean();
    Workflow late =
        Workflow.define("late")
            .step(
                "one",
                c -> {
                  ran.set(true);
                  return "";
                })
            .build();

    assertThatThrownBy(
            () -> late.execute(Map.of(), Options.defaults().until(Deadline.after(Duration.ZERO))))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(ran).isFalse();
  }

  @Test
  void anInterruptEndsTheRunAndStaysOnTheThread() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Workflow endless =
        Workflow.define("endless")
            .step(
                "wait",
                c -> {
                  begun.countDown();
                  new CountDownLatch(1).await();
                  return "";
                })
            .build();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try {
                endless.execute(Map.of());
              } catch (RuntimeException e) {
                failure.set(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    begun.await();
    caller.interrupt();
    caller.join();

    assertThat(failure.get()).isInstanceOf(CancelledException.class);
    assertThat(flag).isTrue();
  }

  @Test
  void putsTheWrappingAroundEachStepOnItsThread() {
    ThreadLocal<String> context = new ThreadLocal<>();
    Workflow reading = Workflow.define("reading").step("read", c -> context.get()).build();

    Run run =
        reading.execute(
            Map.of(),
            Options.defaults()
                .wrapping(
                    work ->
                        () -> {
                          context.set("handed over");
                          work.run();
                        }));

    assertThat(run.output("read", String.class)).isEqualTo("handed over");
  }

  @Test
  void aWrappingThatFailsEndsTheRun() {
    Workflow one = Workflow.define("one").step("only", c -> "").build();

    assertThatThrownBy(
            () ->
                one.execute(
                    Map.of(),
                    Options.defaults()
                        .wrapping(
                            work ->
                                () -> {
                                  throw new IllegalStateException("no context");
                                })))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("no context");
  }

  @Test
  void saysWhatIsThereWhenAnInputOrOutputIsNot() {
    Workflow wrong =
        Workflow.define("wrong")
            .step("a", c -> c.inputs().size() + c.step() + !c.runId().isBlank())
            .step("b", c -> c.output("a", String.class))
            .build();
    assertThatThrownBy(() -> wrong.execute(Map.of()))
        .hasMessageContaining("There is no output of a needed step \"a\". There is: [].");

    Workflow typed = Workflow.define("typed").step("a", c -> c.input("n", String.class)).build();
    assertThatThrownBy(() -> typed.execute(Map.of("n", 1)))
        .hasMessageContaining(
            "The input \"n\" is of type java.lang.Integer, not java.lang.String.");
  }

  @Test
  void refusesDefinitionsThatCannotRun() {
    assertThatThrownBy(() -> Workflow.define(" ")).hasMessage("A workflow needs a name.");
    assertThatThrownBy(() -> Workflow.define("w").step(" ", c -> ""))
        .hasMessage("A step needs a name.");
    assertThatThrownBy(() -> Workflow.define("w").build())
        .hasMessage("Workflow \"w\" has no steps.");
    assertThatThrownBy(() -> Workflow.define("w").step("a", List.of("b"), c -> ""))
        .hasMessage(
            "Step \"a\" of workflow \"w\" needs \"b\", which is not defined before it. Defined: [].");
    assertThatThrownBy(() -> Workflow.define("w").step("a", c -> "").step("a", c -> ""))
        .hasMessage("Workflow \"w\" has two steps \"a\". Name them apart.");
    assertThatThrownBy(() -> Options.parallel(0)).hasMessage("At least one step at a time, not 0");
  }
}
