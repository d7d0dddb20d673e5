package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A session as it was at one version. Every call looks anew whether it can still be read. */
final class PastSession implements SessionView {
  private final Settings settings;
  private final String name;
  private final long id;
  private final long version;
  private final Values values;

  PastSession(Settings settings, String name, long id, long version) {
    this.settings = settings;
    this.name = name;
    this.id = id;
    this.version = version;
    this.values = new Values(settings.format(), name);
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
    return look(past -> past.value(key)).map(row -> values.versioned(row, type));
  }

  @Override
  public List<String> keys() {
    return names(row -> row.seq() == Seq.VALUE);
  }

  @Override
  public List<String> logs() {
    return names(row -> row.seq() >= Seq.FIRST);
  }

  @Override
  public <T> List<LogEntry<T>> last(String log, int count, TypeOf<T> type) {
    List<EntryRow> all = look(past -> past.log(log));
    int from = Math.max(0, all.size() - Counts.check(count));
    return values.entries(all.subList(from, all.size()), type);
  }

  @Override
  public <T> List<LogEntry<T>> page(String log, long from, int count, TypeOf<T> type) {
    List<EntryRow> page =
        look(past -> past.log(log)).stream()
            .filter(row -> row.seq() >= from)
            .limit(Counts.check(count))
            .toList();
    return values.entries(page, type);
  }

  @Override
  public long size(String log) {
    return look(past -> past.log(log)).size();
  }

  @Override
  public String toString() {
    return "session \"" + name + "\" at version " + version;
  }

  private List<String> names(Predicate<EntryRow> which) {
    return look(PastLookup::all).stream()
        .filter(which)
        .map(EntryRow::name)
        .distinct()
        .sorted()
        .toList();
  }

  private <T> T look(Function<PastLookup, T> question) {
    Instant now = settings.time().instant();
    return settings
        .store()
        .read(
            rows ->
                question.apply(
                    History.of(rows, Access.existing(rows, name, id, now), now).lookup(version)));
  }
}
