package ai.powertools.cli;

import ai.powertools.core.ConfigurationException;
import ai.powertools.retry.kept.LetterFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which task letters are of. */
final class TaskOption {
  /** What the tasks of questions begin with, which people may leave out. */
  private static final String QUESTION = "ask:";

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "Only questions of this task, as in chat, answer or summarize.")
  private @Nullable String task;

  boolean isGiven() {
    return task != null;
  }

  LetterFilter of(LetterFilter filter) {
    if (task == null) {
      return filter;
    }
    return filter.task(task.startsWith(QUESTION) ? task : QUESTION + task);
  }

  static int atLeastOne(String option, int number) {
    if (number < 1) {
      throw new ConfigurationException(option + " must be at least 1, not " + number + ".");
    }
    return number;
  }
}
