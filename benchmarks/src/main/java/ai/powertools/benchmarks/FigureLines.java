package ai.powertools.benchmarks;

import ai.powertools.benchmarks.Comparison.Figure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints figures with how busy the machine was, and adds them to JMH's file. */
final class FigureLines {
  private final PrintStream out;
  private final List<String> objects = new ArrayList<>();

  FigureLines(PrintStream out) {
    this.out = out;
  }

  /** A line that says where a goal is missed. */
  void print(Figure figure) {
    double load = LoadAverage.now();
    String goal =
        figure.hasGoal()
            ? String.format(
                Locale.ROOT,
                " (goal %s %.2f%s)",
                figure.atLeast() ? ">=" : "<=",
                figure.goal(),
                figure.isMissed() ? ", MISSED" : "")
            : "";
    out.printf(
        Locale.ROOT,
        "%s: %.2f %s%s, load %.1f%n",
        figure.what(),
        figure.value(),
        figure.unit(),
        goal,
        load);
    objects.add(json(figure, load));
  }

  /** Puts what was printed behind what JMH has written. */
  void addTo(Path file) throws IOException {
    String array = Files.readString(file).stripTrailing();
    String results = array.substring(0, array.length() - 1).stripTrailing(); // without its ]
    String separator = results.equals("[") ? "\n" : ",\n";
    Files.writeString(file, results + separator + String.join(",\n", objects) + "\n]\n");
  }

  private static String json(Figure figure, double load) {
    return String.format(
        Locale.ROOT,
        "    {\"figure\": \"%s\", \"unit\": \"%s\", \"value\": %s, \"goal\": %s, \"missed\": %s,"
            + " \"load\": %s}",
        figure.what(),
        figure.unit(),
        number(figure.value()),
        number(figure.goal()),
        figure.isMissed(),
        number(load));
  }

  /** JSON has no infinity. */
  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "null";
  }
}
