package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.simulation.CallTrace;
import ai.powertools.ratelimit.simulation.Policy;
import ai.powertools.ratelimit.simulation.Simulation;
import ai.powertools.ratelimit.simulation.SimulationReport;
import ai.powertools.ratelimit.simulation.Traffic;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a trace of calls into a limiter, in virtual time, and says who waits and who is refused. */
@Command(
    name = "simulate",
    description = "Who would wait how long, and who would be refused, under a policy.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A policy has items with commas between them:",
      "  requests=60/m               so much per window: s, m, h, d, 10m",
      "  tokens=100k/m burst 0.1     so much at once: a share (0.1, 10%%) or units (5000)",
      "  tokens=100k/m sliding       never more in any window",
      "  concurrency=8  queue=100  weights=8/3/1",
      "",
      "TRACE is CSV with a header of at, and any of tokens or input and output; used or",
      "used_input and used_output; takes, priority, tenant, keys, patience. Times are seconds",
      "or spans such as 1.5s; at may be a moment. Or it is what cost export wrote as .ndjson.",
      "",
      "A traffic is made up: rate=50/m, for=10m, tokens=1500, takes=3s, burst=20/1m,",
      "tenants=a b, patience=30s, seed=7. Only rate and for are needed."
    })
final class LimitsSimulateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "TRACE",
      arity = "0..1",
      description = "The calls; a dash reads what is piped in.")
  private @Nullable String trace;

  @Option(
      names = "--synthetic",
      paramLabel = "TRAFFIC",
      description = "Make calls up, in place of TRACE.")
  private @Nullable String synthetic;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      required = true,
      description = "The limits, as in requests=60/m,tokens=100k/m.")
  private String policy = "";

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw waits and refusals as well.")
  private @Nullable String svg;

  @Option(names = "--force", description = "Replace FILE if it is there.")
  private boolean force;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "80",
      description = "Of the plot in characters, 40 to 400; ${DEFAULT-VALUE} by default.")
  private int width;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  LimitsSimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (width < 40 || width > 400) {
      throw new ConfigurationException("--width must be 40 to 400, not " + width + ".");
    }
    Optional<OutFile> drawing =
        Optional.ofNullable(svg).map(name -> new OutFile("--svg", name, force));
    drawing.ifPresent(file -> file.check(terminal));
    Policy asked = read("--policy", policy, Policy::parse);
    SimulationReport report = Simulation.of(asked).run(calls());
    drawing.ifPresent(file -> file.write(terminal, writer -> writer.write(report.svg())));
    terminal.out().print(json ? SimulationJson.of(report) : report.text(width));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private CallTrace calls() {
    if ((trace == null) == (synthetic == null)) {
      throw new ConfigurationException(
          "Give the calls: a file TRACE or --synthetic TRAFFIC, one of the two.");
    }
    if (trace == null) {
      return CallTrace.synthetic(read("--synthetic", String.valueOf(synthetic), Traffic::parse));
    }
    if (trace.equals("-")) {
      return CallTrace.csv(
          "standard input", new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }
    Path file = terminal.folder().resolve(trace);
    return trace.endsWith(".ndjson") || trace.endsWith(".jsonl")
        ? LedgerTrace.of(trace, file)
        : CallTrace.csv(file);
  }

  private static <T> T read(String option, String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(option + " is wrong. " + e.getMessage(), e);
    }
  }
}
