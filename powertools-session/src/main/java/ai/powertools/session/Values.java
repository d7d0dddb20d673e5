package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import java.util.ArrayList;
import java.util.List;

/** Rows as what was put into them. */
final class Values {
  private final RecordFormat format;
  private final String session;

  Values(RecordFormat format, String session) {
    this.format = format;
    this.session = session;
  }

  static RecordId id(EntryRow row) {
    return new RecordId(
        row.session(),
        row.name(),
        row.seq(),
        row.version(),
        Moments.number(row.at()),
        Moments.number(row.expiresAt()));
  }

  <T> T value(EntryRow row, TypeOf<T> type) {
    return format.read(
        id(row), row.record(), type.type(), Names.where(session, row.name(), row.seq()));
  }

  <T> Versioned<T> versioned(EntryRow row, TypeOf<T> type) {
    return new Versioned<>(value(row, type), row.version(), row.at());
  }

  <T> List<LogEntry<T>> entries(List<EntryRow> rows, TypeOf<T> type) {
    List<LogEntry<T>> entries = new ArrayList<>(rows.size());
    for (EntryRow row : rows) {
      entries.add(new LogEntry<>(row.seq(), row.version(), row.at(), value(row, type)));
    }
    return entries;
  }
}
