package ai.powertools.retry.kept;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition of a statement with its parameters, as it is put together. For one thread. */
final class Clauses {
  private final List<String> terms = new ArrayList<>();
  private final List<@Nullable Object> parameters = new ArrayList<>();
  private String end = "";

  void and(String term, Object parameter) {
    terms.add(term);
    parameters.add(parameter);
  }

  void in(String column, List<?> values) {
    terms.add(column + " IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")");
    parameters.addAll(values);
  }

  Clauses end(String order) {
    this.end = order;
    return this;
  }

  /** From {@code WHERE} to the end. */
  String sql() {
    return (terms.isEmpty() ? "" : " WHERE " + String.join(" AND ", terms)) + end;
  }

  @Nullable Object[] parameters() {
    return parameters.toArray();
  }
}
