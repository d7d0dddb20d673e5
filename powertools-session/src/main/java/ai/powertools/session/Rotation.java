package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Encrypts everything with the current key, some hundred records a transaction. */
final class Rotation {
  private static final int PAGE = 256;

  private final Settings settings;

  Rotation(Settings settings) {
    this.settings = settings;
  }

  private record Step(long written, boolean last, String name, long seq, long version) {}

  private interface Page {
    Step run(SessionRows rows, Step from);
  }

  long run() {
    long written = 0;
    String after = "";
    List<SessionRow> heads;
    do {
      String from = after;
      heads = settings.store().read(rows -> rows.sessions(from, PAGE));
      for (SessionRow head : heads) {
        written += all((rows, step) -> entries(rows, head.id(), step));
        written += all((rows, step) -> past(rows, head.id(), step));
        after = head.name();
      }
    } while (heads.size() == PAGE);
    return written;
  }

  private long all(Page page) {
    Step step = new Step(0, false, "", Long.MAX_VALUE, Long.MAX_VALUE);
    long written = 0;
    while (!step.last()) {
      Step from = step;
      step = settings.store().write(rows -> page.run(rows, from));
      written += step.written();
    }
    return written;
  }

  private Step entries(SessionRows rows, long session, Step from) {
    List<EntryRow> page = rows.scan(session, from.name(), from.seq(), PAGE);
    Optional<SessionRow> found = rows.sessionOf(session);
    if (page.isEmpty() || found.isEmpty()) {
      return new Step(0, true, "", 0, 0);
    }
    SessionRow head = Heads.intact(found.get());
    long sum = head.contents().sum();
    long written = 0;
    for (EntryRow row : page) {
      byte[] record = reencrypted(row);
      if (!Arrays.equals(record, row.record())) {
        EntryRow next = row.with(record);
        sum += hash(next) - hash(row);
        rows.put(next);
        written++;
      }
    }
    if (written > 0) {
      rows.put(
          Heads.changed(
              head,
              head.version(),
              head.touchedAt(),
              head.history(),
              new SessionRow.Contents(head.contents().entries(), sum)));
    }
    EntryRow last = page.get(page.size() - 1);
    return new Step(written, page.size() < PAGE, last.name(), last.seq(), 0);
  }

  private Step past(SessionRows rows, long session, Step from) {
    List<PastRow> page = rows.scanPast(session, from.name(), from.seq(), from.version(), PAGE);
    if (page.isEmpty()) {
      return new Step(0, true, "", 0, 0);
    }
    long written = 0;
    for (PastRow row : page) {
      byte[] record = reencrypted(row.entry());
      if (row.isIntact() && !Arrays.equals(record, row.entry().record())) {
        rows.forget(row);
        rows.keep(new PastRow(row.entry().with(record), row.until(), row.untilAt()));
        written++;
      }
    }
    EntryRow last = page.get(page.size() - 1).entry();
    return new Step(written, page.size() < PAGE, last.name(), last.seq(), last.version());
  }

  private byte[] reencrypted(EntryRow row) {
    return settings.format().reencrypt(Values.id(row), row.record());
  }

  private long hash(EntryRow row) {
    return settings.format().hash(Values.id(row), row.record());
  }
}
