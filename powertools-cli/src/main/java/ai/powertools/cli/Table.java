package ai.powertools.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows of text in columns that are as wide as they need to be. Not thread-safe. */
final class Table {
  private static final String GAP = "  ";

  private final Set<Integer> toTheRight;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param toTheRight the columns, from 0, that are numbers and end where their heading does
   */
  Table(Set<Integer> toTheRight, String... headings) {
    this.toTheRight = Set.copyOf(toTheRight);
    rows.add(List.of(headings));
  }

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String blanks = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : GAP)
            .append(toTheRight.contains(i) ? blanks + row.get(i) : row.get(i) + blanks);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
