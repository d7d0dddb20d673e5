package ai.powertools.store;

import ai.powertools.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what is wrong; an error that tells of damage is a finding, too. */
final class IntegrityCheck {
  private final Store store;
  private final List<String> problems = new ArrayList<>();

  IntegrityCheck(Store store) {
    this.store = store;
  }

  private record Step(String module, long version, String checksum) {}

  /** Each row of the query is a problem, but for those that say "ok". */
  void rows(String query, RowReader<String> problem) {
    step(
        () -> {
          for (String text : store.query(query, problem)) {
            if (!text.equals("ok")) {
              problems.add(text);
            }
          }
        });
  }

  /** Does something that throws where there is damage. */
  void step(Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      if (e.kind() != Kind.CORRUPT) {
        throw e;
      }
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /** The steps of every module must be whole: counted from 1, each with its checksum. */
  void schema(String tableThere) {
    step(
        () -> {
          Optional<Integer> table = store.first(tableThere, r -> 1);
          if (table.isPresent()) {
            steps(
                store.query(
                    "SELECT module, version, checksum FROM powertools_schema"
                        + " ORDER BY module, version",
                    r ->
                        new Step(
                            r.string("module"), r.longValue("version"), r.string("checksum"))));
          }
        });
  }

  private void steps(List<Step> steps) {
    String module = "";
    long version = 0;
    for (Step step : steps) {
      version = step.module().equals(module) ? version + 1 : 1;
      module = step.module();
      if (step.version() != version) {
        problems.add("powertools_schema: step %d of \"%s\" is missing".formatted(version, module));
        version = step.version();
      }
      if (!step.checksum().matches("[0-9a-f]{64}")) {
        problems.add(
            "powertools_schema: step %d of \"%s\" has no proper checksum"
                .formatted(step.version(), module));
      }
    }
  }

  Integrity result(boolean thorough, String checked) {
    return new Integrity(problems, thorough, checked);
  }
}
