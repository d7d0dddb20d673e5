package ai.powertools.testing;

import java.util.List;
import java.util.stream.Collectors;

/** What a {@link LinearizabilityChecker} says of a history. */
public sealed interface Verdict {
  /** Whether it was shown to be linearizable. */
  default boolean isLinearizable() {
    return this instanceof Linearizable;
  }

  /**
   * Every answer can be explained by operations that took effect one after the other, each between
   * its begin and its end.
   *
   * @param keys how many keys were looked at
   * @param operations how many operations
   */
  record Linearizable(int keys, int operations) implements Verdict {}

  /**
   * There is no such order.
   *
   * @param key whose history it is
   * @param prefix an order that explains all that had returned before {@code stuck} did
   * @param state what the object holds after that, as text
   * @param stuck the operation that fits nowhere: whatever the order, its answer is wrong, or that
   *     of one before it
   * @param open what was under way when it returned, and may have taken effect or not
   */
  record NotLinearizable(
      String key,
      List<? extends Operation<?, ?>> prefix,
      String state,
      Operation<?, ?> stuck,
      List<? extends Operation<?, ?>> open)
      implements Verdict {
    private static final int SHOWN = 12;

    /** Copies the lists. */
    public NotLinearizable {
      prefix = List.copyOf(prefix);
      open = List.copyOf(open);
    }

    /** An explanation of a few lines: how the order ends, and what can't follow. */
    @Override
    public String toString() {
      int from = Math.max(0, prefix.size() - SHOWN);
      String before = from == 0 ? "" : "  … " + from + " operations\n";
      return "Key \"%s\" is not linearizable. An order that explains what came before:\n%s%s  then it holds: %s\nNo place is left for:\n  %s\nUnder way when that returned: %s"
          .formatted(
              key,
              before,
              prefix.subList(from, prefix.size()).stream()
                  .map(operation -> "  " + operation + "\n")
                  .collect(Collectors.joining()),
              state,
              stuck,
              open);
    }
  }

  /**
   * The search was given up.
   *
   * @param key whose history it is
   * @param steps how many steps it had taken
   */
  record Undecided(String key, long steps) implements Verdict {}
}
