package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Takes what is damaged out of sessions, each in a transaction of its own. */
final class Repairs {
  private static final SetAside NOTHING = new SetAside(0, 0);

  private final Settings settings;

  Repairs(Settings settings) {
    this.settings = settings;
  }

  SetAside run(Verified found) {
    TreeSet<String> names = new TreeSet<>();
    found.problems().forEach(problem -> names.add(problem.session()));
    SetAside all = NOTHING;
    for (String name : names) {
      all = all.and(run(name, row -> true));
    }
    return all;
  }

  SetAside run(Verified.Problem problem) {
    return run(
        problem.session(),
        row -> row.name().equals(problem.name()) && Math.max(row.seq(), 0) == problem.seq());
  }

  private SetAside run(String session, Predicate<EntryRow> which) {
    Optional<Repair.Done> done =
        settings.store().write(rows -> new Repair(settings, rows, which).run(session));
    done.ifPresent(
        repaired ->
            settings
                .listeners()
                .tell(
                    new SessionChange(
                        session,
                        repaired.head().version(),
                        repaired.head().touchedAt(),
                        List.of())));
    return done.map(Repair.Done::aside).orElse(NOTHING);
  }
}
