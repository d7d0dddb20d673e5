package ai.powertools.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM that runs a {@code main} of the test's own class path, to be watched line by line and
 * killed for real: {@link #kill()} is SIGKILL, nothing of the process runs after it.
 *
 * <p>Closing it kills it and waits for its end. Not for use by several threads at once.
 */
public final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private JavaProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts {@code main} with these arguments; its standard error goes to ours. */
  public static JavaProcess start(Class<?> main, String... arguments) {
    return start(main, Map.of(), arguments);
  }

  /** The same, with additions to the environment. */
  public static JavaProcess start(
      Class<?> main, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A killed process should be cheap to start again: no second compiler, no big heap.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      return new JavaProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + command.get(0), e);
    }
  }

  /** The next line of its standard output; empty when it has ended. Blocks until one comes. */
  public Optional<String> readLine() {
    try {
      return Optional.ofNullable(output.readLine());
    } catch (IOException e) {
      return Optional.empty(); // a killed process closes its pipe in the middle of a line
    }
  }

  /**
   * The next line that was written to its end; empty when there is none. What a killed process left
   * half written is no line: "ack 12" may have been meant to be "ack 123".
   */
  Optional<String> readWholeLine() {
    StringBuilder line = new StringBuilder();
    try {
      for (int c = output.read(); c >= 0; c = output.read()) {
        if (c == '\n') {
          return Optional.of(line.toString());
        }
        line.append((char) c);
      }
    } catch (IOException e) {
      return Optional.empty(); // a killed process closes its pipe in the middle of a line
    }
    return Optional.empty();
  }

  /**
   * Reads on until a line equals {@code expected}.
   *
   * @throws IllegalStateException if the process ends first; the message has what it printed
   */
  public void awaitLine(String expected) {
    List<String> seen = new ArrayList<>();
    Optional<String> line = readLine();
    while (line.isPresent()) {
      if (line.get().equals(expected)) {
        return;
      }
      seen.add(line.get());
      line = readLine();
    }
    throw new IllegalStateException(
        "The process ended before it printed \"" + expected + "\". It printed: " + seen);
  }

  /** What is left of its output, line by line, until it ends. */
  public List<String> remainingLines() {
    List<String> lines = new ArrayList<>();
    Optional<String> line = readLine();
    while (line.isPresent()) {
      lines.add(line.get());
      line = readLine();
    }
    return lines;
  }

  /** Writes a line to its standard input. */
  public void writeLine(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The process no longer reads its input", e);
    }
  }

  /** Its process id, for signals other than those here. */
  public long pid() {
    return process.pid();
  }

  /** Asks it to end (SIGTERM): its shutdown hooks run. Does not wait. */
  public void terminate() {
    signal("TERM");
  }

  /**
   * Stops it in its tracks (SIGSTOP), as a long pause of the garbage collector or of a virtual
   * machine would: it keeps its locks and sockets and does nothing. On Linux it stands when this
   * returns; elsewhere it does shortly after.
   */
  public void suspend() {
    signal("STOP");
    Path state = Path.of("/proc", Long.toString(pid()), "stat");
    while (Files.exists(state) && !stands(state)) {
      Thread.onSpinWait(); // a signal is delivered within microseconds
    }
  }

  /** Lets it go on after {@link #suspend()}. */
  public void resume() {
    signal("CONT");
  }

  /**
   * Sends a signal, where there is a {@code kill} command.
   *
   * @param name without SIG, as in {@code "INT"}
   * @throws IllegalStateException if it can't be sent: no such signal, or the process has ended
   */
  public void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
              .redirectErrorStream(true)
              .start();
      String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("Could not send SIG" + name + ": " + output.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while sending SIG" + name, e);
    }
  }

  /** The state follows the name of the program, which stands in parentheses: see proc(5). */
  private static boolean stands(Path stat) {
    try {
      String line = Files.readString(stat);
      return line.substring(line.lastIndexOf(')')).startsWith(") T");
    } catch (IOException e) {
      throw new UncheckedIOException("The process ended while it was to be suspended", e);
    }
  }

  /**
   * kill -9, then waits until the operating system has buried it. What it had printed by then can
   * still be read.
   */
  public void kill() {
    // By its handle: Process itself would close the pipe as well, and lose what is in it.
    process.toHandle().destroyForcibly();
    await();
  }

  /**
   * Waits for its end. Read its output first if it is long: a process whose pipe is full waits for
   * its reader.
   *
   * @return its exit code; 137 after {@link #kill()}
   */
  public int await() {
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("The process did not end within two minutes.");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IllegalStateException("Interrupted while waiting for a process", e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
