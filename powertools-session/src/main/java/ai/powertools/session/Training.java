package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.SessionRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes a dictionary of what the sessions hold. */
final class Training {
  private static final int PAGE = 256;

  /** Longer ones get smaller without help, and would fill the dictionary with one subject. */
  private static final long LONGEST = 16 * 1024;

  private final Settings settings;

  Training(Settings settings) {
    this.settings = settings;
  }

  Optional<CompressionDictionary> train(int most) {
    if (!settings.format().compresses()) {
      throw new IllegalStateException(
          "There is nothing to train for: compression is off. Open the sessions with one.");
    }
    List<byte[]> samples = new ArrayList<>();
    for (SessionRow head : newestFirst()) {
      add(samples, head, most);
    }
    Optional<CompressionDictionary> trained = trained(samples);
    trained.ifPresent(
        dictionary -> {
          settings
              .store()
              .write(
                  rows -> {
                    Dictionaries.keep(rows, dictionary);
                    return true;
                  });
          settings.format().useDictionary(dictionary);
        });
    return trained;
  }

  private static Optional<CompressionDictionary> trained(List<byte[]> samples) {
    try {
      return Optional.of(CompressionDictionary.train(samples));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // they are too few, or have too little in common
    }
  }

  private List<SessionRow> newestFirst() {
    List<SessionRow> heads = new ArrayList<>();
    String after = "";
    List<SessionRow> page;
    do {
      String from = after;
      page = settings.store().read(rows -> rows.sessions(from, PAGE));
      heads.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1).name();
    } while (page.size() == PAGE);
    heads.sort(Comparator.comparing(SessionRow::touchedAt).reversed());
    return heads;
  }

  private void add(List<byte[]> samples, SessionRow head, int most) {
    String name = "";
    long seq = Long.MAX_VALUE;
    List<EntryRow> page;
    do {
      if (samples.size() >= most) {
        return;
      }
      String fromName = name;
      long fromSeq = seq;
      page = settings.store().read(rows -> rows.scan(head.id(), fromName, fromSeq, PAGE));
      for (EntryRow row : page) {
        if (samples.size() < most) {
          plain(row).ifPresent(samples::add);
        }
        name = row.name();
        seq = row.seq();
      }
    } while (page.size() == PAGE);
  }

  private Optional<byte[]> plain(EntryRow row) {
    try {
      return Optional.of(settings.format().plain(Values.id(row), row.record()))
          .filter(bytes -> bytes.length > 0 && bytes.length <= LONGEST);
    } catch (SessionException e) {
      return Optional.empty(); // damaged ones teach nothing
    }
  }
}
