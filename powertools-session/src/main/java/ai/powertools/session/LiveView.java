package ai.powertools.session;

import java.util.List;
import java.util.Optional;

/** A session as it is within one transaction that only reads. Reading it is no use of it. */
final class LiveView implements SessionView {
  private final String name;
  private final long version;
  private final Lookup lookup;
  private final Values values;

  LiveView(String name, long version, Lookup lookup, Values values) {
    this.name = name;
    this.version = version;
    this.lookup = lookup;
    this.values = values;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public <T> Optional<Versioned<T>> versioned(String key, TypeOf<T> type) {
    return lookup.value(key).map(row -> values.versioned(row, type));
  }

  @Override
  public List<String> keys() {
    return lookup.keys();
  }

  @Override
  public List<String> logs() {
    return lookup.logs();
  }

  @Override
  public <T> List<LogEntry<T>> last(String log, int count, TypeOf<T> type) {
    return values.entries(lookup.last(log, Counts.check(count)), type);
  }

  @Override
  public <T> List<LogEntry<T>> page(String log, long from, int count, TypeOf<T> type) {
    return values.entries(lookup.page(log, from, Counts.check(count)), type);
  }

  @Override
  public long size(String log) {
    return lookup.size(log);
  }
}
