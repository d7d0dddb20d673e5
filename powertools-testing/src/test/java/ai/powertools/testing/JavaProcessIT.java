package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JavaProcessIT {
  @Test
  void runsAMainWithItsArgumentsAndEnvironment() {
    try (JavaProcess process =
        JavaProcess.start(Echoing.class, Map.of("GREETING", "hi there"), "a b", "c")) {
      assertThat(process.readLine()).contains("arguments [a b, c]");
      assertThat(process.readLine()).contains("greeting hi there");
      process.awaitLine("ready");
      process.writeLine("Grüße");
      assertThat(process.readLine()).contains("echo Grüße");
      process.writeLine("exit 3");
      assertThat(process.await()).isEqualTo(3);
      assertThat(process.remainingLines()).containsExactly("hook");
    }
  }

  @Test
  void killsSoThatNothingRunsAfterwards() {
    try (JavaProcess process = JavaProcess.start(Echoing.class)) {
      process.awaitLine("ready");

      process.kill();

      assertThat(process.await()).isEqualTo(137);
      assertThat(process.remainingLines()).isEmpty();
      assertThat(process.readLine()).isEmpty();
      assertThat(ProcessHandle.of(process.pid())).isEmpty();
      process.kill();
    }
  }

  @Test
  void terminatesSoThatShutdownHooksRun() {
    try (JavaProcess process = JavaProcess.start(Echoing.class)) {
      process.awaitLine("ready");

      process.terminate();

      assertThat(process.remainingLines()).containsExactly("hook");
      assertThat(process.await()).isEqualTo(143);
    }
  }

  @Test
  void suspendsAndResumes() throws IOException {
    try (JavaProcess process = JavaProcess.start(Echoing.class)) {
      process.awaitLine("ready");

      process.suspend();
      process.writeLine("while it stands");
      Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
      assumeTrue(Files.exists(stat), "no /proc to look into");
      assertThat(Files.readString(stat)).contains(") T ");
      process.resume();

      assertThat(process.readLine()).contains("echo while it stands");
    }
  }

  @Test
  void killsAProcessThatIsSuspended() {
    try (JavaProcess process = JavaProcess.start(Echoing.class)) {
      process.awaitLine("ready");
      process.suspend();

      process.kill();

      assertThat(process.await()).isEqualTo(137);
    }
  }

  @Test
  void sendsNoSignalToAProcessThatHasEndedNorOneThatDoesNotExist() {
    try (JavaProcess process = JavaProcess.start(Echoing.class)) {
      assertThatThrownBy(() -> process.signal("NONSENSE"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Could not send SIGNONSENSE: ");
      process.kill();
      assertThatThrownBy(process::suspend).hasMessageStartingWith("Could not send SIGSTOP: ");
    }
  }

  @Test
  void saysWhatWasPrintedWhenTheAwaitedLineNeverComes() {
    try (JavaProcess process = JavaProcess.start(Echoing.class, "x")) {
      process.writeLine("exit 1");

      assertThatThrownBy(() -> process.awaitLine("done"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The process ended before it printed \"done\". It printed: "
                  + List.of("arguments [x]", "greeting null", "ready", "hook"));
      process.await();
      assertThatThrownBy(() -> process.writeLine("hello?"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("The process no longer reads its input");
    }
  }

  @Test
  void killsTheProcessOfAWaiterThatIsInterrupted() throws InterruptedException {
    JavaProcess process = JavaProcess.start(Echoing.class);
    process.awaitLine("ready");
    CountDownLatch started = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread waiter =
        new Thread(
            () -> {
              started.countDown();
              try {
                process.await();
              } catch (IllegalStateException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    waiter.start();
    started.await();
    waiter.interrupt();
    waiter.join();

    assertThat(thrown.get()).hasMessage("Interrupted while waiting for a process");
    assertThat(flag.get()).isTrue();
    assertThat(process.await()).isEqualTo(137);
  }
}
