package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.util.ArrayList;
import java.util.List;

/** Looks at every record: whether it is as it was written, and whether one is missing. */
final class Verification {
  private static final int PAGE = 256;

  private final Settings settings;
  private final List<Verified.Problem> problems = new ArrayList<>();
  private long sessions;
  private long entries;
  private long plain;
  private long kept;

  Verification(Settings settings) {
    this.settings = settings;
  }

  /** All sessions. */
  Verified verify() {
    for (String problem : settings.store().problems()) {
      problems.add(new Verified.Problem("", "", 0, problem));
    }
    String after = "";
    List<SessionRow> page;
    do {
      page = page(after);
      page.forEach(head -> settings.store().read(rows -> look(rows, head.name())));
      after = page.isEmpty() ? after : page.get(page.size() - 1).name();
    } while (page.size() == PAGE);
    return result();
  }

  /** One session. */
  Verified verify(String name) {
    settings.store().read(rows -> look(rows, name));
    return result();
  }

  private List<SessionRow> page(String after) {
    return settings.store().read(rows -> rows.sessions(after, PAGE));
  }

  private Verified result() {
    return new Verified(sessions, entries, problems, plain, kept);
  }

  private boolean look(SessionRows rows, String name) {
    rows.session(name).ifPresent(head -> look(rows, head));
    return true;
  }

  private void look(SessionRows rows, SessionRow head) {
    sessions++;
    if (!Heads.isIntact(head)) {
      problems.add(new Verified.Problem(head.name(), "", 0, "its head does not fit its checksum"));
    }
    long count = 0;
    long sum = 0;
    String name = "";
    long seq = Long.MAX_VALUE;
    List<EntryRow> page;
    do {
      page = rows.scan(head.id(), name, seq, PAGE);
      for (EntryRow row : page) {
        look(head, row);
        count++;
        sum += settings.format().hash(Values.id(row), row.record());
        name = row.name();
        seq = row.seq();
      }
    } while (page.size() == PAGE);
    lookAtPast(rows, head);
    if (count != head.contents().entries()) {
      problems.add(
          new Verified.Problem(
              head.name(),
              "",
              0,
              "it has %d entries where %d were written"
                  .formatted(count, head.contents().entries())));
    } else if (sum != head.contents().sum()) {
      problems.add(
          new Verified.Problem(head.name(), "", 0, "its entries are not those that were written"));
    }
  }

  private void lookAtPast(SessionRows rows, SessionRow head) {
    String name = "";
    long seq = Long.MAX_VALUE;
    long version = Long.MAX_VALUE;
    List<PastRow> page;
    do {
      page = rows.scanPast(head.id(), name, seq, version, PAGE);
      for (PastRow row : page) {
        look(head, row.entry());
        if (!row.isIntact()) {
          problems.add(
              new Verified.Problem(
                  head.name(),
                  row.entry().name(),
                  Math.max(row.entry().seq(), 0),
                  "until when it stood does not fit its checksum"));
        }
        name = row.entry().name();
        seq = row.entry().seq();
        version = row.entry().version();
      }
    } while (page.size() == PAGE);
  }

  private void look(SessionRow head, EntryRow row) {
    entries++;
    RecordCheck check = settings.format().check(Values.id(row), row.record());
    plain += check.plainSize();
    kept += check.storedSize();
    check
        .problem()
        .ifPresent(
            problem ->
                problems.add(
                    new Verified.Problem(
                        head.name(), row.name(), Math.max(row.seq(), 0), problem)));
  }
}
