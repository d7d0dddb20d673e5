package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.models.CallTerms;
import ai.powertools.models.ModelCatalog;
import ai.powertools.router.quality.Outcome;
import ai.powertools.router.quality.Outcomes;
import ai.powertools.router.quality.QualityEvaluation;
import ai.powertools.router.quality.QualityModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how well it is predicted which prompts need the strong model, and trains. */
@Command(
    name = "eval",
    description = "How well it is predicted for which prompts a weak model is enough.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each line of FILE is one JSON object: set, subject and prompt, which are texts, and",
      "weak and strong, each true or false: whether that model answered the prompt right.",
      "",
      "APGR is the area under the recovered share of the gap between the models over the share",
      "of calls to the strong one: 0.5 at random. CPT50 and CPT80 are the percentage of calls",
      "to the strong model that recovers 50 and 80 percent of the gap.",
      "When TRAIN says the same as FILE, rows are predicted by models that did not see them."
    })
final class RouteEvalCommand implements Callable<Integer> {
  /** So many parts, as many as leave a third of the subjects out. */
  private static final int SUBJECT_FOLDS = 3;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "Prompts and who answered them right.")
  private Path file = Path.of("");

  @Option(
      names = "--train",
      paramLabel = "TRAIN",
      description = "Train on this file; the bundled model is measured if not given.")
  private @Nullable Path train;

  @Option(
      names = "--save",
      paramLabel = "MODEL",
      description = "Write the model that was trained on all of TRAIN to this file.")
  private @Nullable Path save;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Measure the model of this file, which --save wrote.")
  private @Nullable Path model;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Into how many parts to deal the rows; ${DEFAULT-VALUE} by default.")
  private int folds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "How to deal them; ${DEFAULT-VALUE} by default.")
  private long seed;

  @Option(names = "--by-subject", description = "Show each subject as well.")
  private boolean bySubject;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(
      names = "--weak",
      paramLabel = "MODEL",
      defaultValue = "gpt-5-mini",
      description = "The model whose prices the weak one has; ${DEFAULT-VALUE} by default.")
  private String weak = "";

  @Option(
      names = "--strong",
      paramLabel = "MODEL",
      defaultValue = "gpt-5",
      description = "The model whose prices the strong one has; ${DEFAULT-VALUE} by default.")
  private String strong = "";

  @Mixin private PricesOptions prices = new PricesOptions();

  RouteEvalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    checkOptions();
    ModelCatalog catalog = prices.catalog(terminal);
    RoutePrices pair =
        new RoutePrices(
            catalog,
            PricesOptions.model(catalog, weak),
            PricesOptions.model(catalog, strong),
            CallTerms.at(terminal.clock().instant()));
    List<Outcome> outcomes = Outcomes.read(terminal.folder().resolve(file));
    RouteReport report = report(outcomes, pair);
    terminal.out().print(json ? RouteReportJson.of(report) : RouteReportText.of(report, bySubject));
    terminal.out().flush();
    return ExitCode.OK.code();
  }

  private void checkOptions() {
    if (train != null && model != null) {
      throw new ConfigurationException(
          "--train makes a model and --model names one. Give one of the two.");
    }
    if (save != null && train == null) {
      throw new ConfigurationException("--save needs --train: there is nothing new to save.");
    }
    if (folds < 2) {
      throw new ConfigurationException("--folds must be at least 2, not " + folds + ".");
    }
  }

  private RouteReport report(List<Outcome> outcomes, RoutePrices pair) {
    if (train == null) {
      return measured(outcomes, pair);
    }
    Path training = terminal.folder().resolve(train);
    List<Outcome> rows = Outcomes.read(training);
    boolean same = isSame(terminal.folder().resolve(file), training);
    RouteReport report = same ? validated(outcomes, pair) : trained(rows, outcomes, pair);
    if (save != null) {
      Path target = terminal.folder().resolve(save);
      trainable(() -> QualityModel.train(rows)).save(target);
      terminal.err().println("Wrote the model trained on %s to %s.".formatted(train, save));
    }
    return report;
  }

  private RouteReport measured(List<Outcome> outcomes, RoutePrices pair) {
    QualityModel measured =
        model == null
            ? QualityModel.bundled()
            : QualityModel.load(terminal.folder().resolve(model));
    String method =
        (model == null ? "the bundled model" : "the model " + model)
            + "; rows that it was trained on look better than others";
    return new RouteReport(
        file.toString(),
        "model",
        method,
        QualityEvaluation.of(measured, outcomes),
        Optional.empty(),
        pair);
  }

  private RouteReport validated(List<Outcome> outcomes, RoutePrices pair) {
    String method =
        "cross-validated in %d parts with seed %d: each row by a model that has not seen it"
            .formatted(folds, seed);
    QualityEvaluation byRow =
        trainable(() -> QualityEvaluation.crossValidated(outcomes, folds, seed));
    boolean hasSubjects =
        byRow.sets().keySet().stream().anyMatch(s -> byRow.subjects(s).size() > 1);
    Optional<QualityEvaluation> bySubjects =
        hasSubjects
            ? Optional.of(
                trainable(
                    () -> QualityEvaluation.leavingSubjectsOut(outcomes, SUBJECT_FOLDS, seed)))
            : Optional.empty();
    return new RouteReport(file.toString(), "cross-validation", method, byRow, bySubjects, pair);
  }

  private RouteReport trained(List<Outcome> rows, List<Outcome> outcomes, RoutePrices pair) {
    Set<String> seen = new HashSet<>();
    rows.forEach(row -> seen.add(row.prompt()));
    long known = outcomes.stream().filter(outcome -> seen.contains(outcome.prompt())).count();
    String method =
        "trained on %s, %s rows; %s"
            .formatted(
                train,
                ModelText.number(rows.size()),
                known == 0
                    ? "no prompt is in both files"
                    : "%s rows have a prompt of it and look better than others"
                        .formatted(ModelText.number(known)));
    return new RouteReport(
        file.toString(),
        "training",
        method,
        QualityEvaluation.of(trainable(() -> QualityModel.train(rows)), outcomes),
        Optional.empty(),
        pair);
  }

  /** Too few rows are a fault of the file, not of the program. */
  private static <T> T trainable(Supplier<T> training) {
    try {
      return training.get();
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("Could not train: " + e.getMessage(), e);
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.mismatch(one, other) < 0;
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not compare %s with %s: %s.".formatted(one, other, e.getClass().getSimpleName()),
          e);
    }
  }
}
