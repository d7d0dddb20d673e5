package ai.powertools.cli;

import ai.powertools.workflow.StepFailedException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code powertools}. */
@Command(
    name = "powertools",
    description = "Ask language models, with budgets, limits, retries, sessions and a receipt.",
    version = "powertools 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done; 1 a bug; 2 wrong command line; 3 wrong file, variable or configuration;",
      "4 refused before anything was sent (no model can answer, or a budget has no room), or",
      "cost budget --check found one used up, or limits forecast that calls do not fit;",
      "5 every model that was tried failed; 6 time ran out; 7 some rows of the input could not be",
      "read, the others were done; 130 interrupted."
    })
public final class Main implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Whatever the platform's encoding is: what models write is Unicode.
    Terminal terminal =
        new Terminal(
            System.in,
            utf8(FileDescriptor.out),
            utf8(FileDescriptor.err),
            System.getenv(),
            Path.of(""),
            InstantSource.system());
    Interrupts interrupts = Interrupts.ofThisThread();
    int code = ExitCode.INTERNAL.code();
    try {
      code = execute(terminal, arguments);
    } finally {
      interrupts.end();
    }
    Runtime.getRuntime().exit(code);
  }

  /** Runs one command; gives its exit code. */
  static int execute(Terminal terminal, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new AskCommand(terminal));
    line.addSubcommand(new RunCommand(terminal));
    line.addSubcommand(new DoctorCommand(terminal));
    line.addSubcommand(ModelsCommand.line(terminal));
    line.addSubcommand(CostCommand.line(terminal));
    line.addSubcommand(RouteCommand.line(terminal));
    line.addSubcommand(SessionCommand.line(terminal));
    line.addSubcommand(LimitsCommand.line(terminal));
    line.addSubcommand(ErrorsCommand.line(terminal));
    line.setOut(new java.io.PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new java.io.PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((error, command, result) -> report(error, terminal));
    return line.execute(arguments);
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  private static int report(Exception error, Terminal terminal) {
    ExitCode code = ExitCode.of(error);
    terminal.out().flush();
    if (code == ExitCode.INTERNAL) {
      terminal.err().println("This is a bug of powertools: " + error);
      for (StackTraceElement frame : error.getStackTrace()) {
        terminal.err().println("    at " + frame);
      }
    } else {
      terminal.err().println(message(error));
    }
    terminal.err().flush();
    return code.code();
  }

  /** A step's own error says more to a person than that a step failed. */
  private static String message(Throwable error) {
    if (error instanceof StepFailedException && error.getCause() != null) {
      return message(error.getCause());
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
