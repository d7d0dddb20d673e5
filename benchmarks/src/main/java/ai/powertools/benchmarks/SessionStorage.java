package ai.powertools.benchmarks;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.session.CompressionDictionary;
import ai.powertools.session.Sessions;
import ai.powertools.session.Verified;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How many bytes conversations take, by setting. A dictionary is trained with one conversation in
 * four, which is then deleted and counts no more: what is measured was not seen by the training.
 */
final class SessionStorage {
  private static final double GOAL = 0.3;
  private static final int LEARNT = 4;

  private final ChatCorpus corpus;
  private final Consumer<Figure> told;
  private final List<List<ChatEntry>> learnt = new ArrayList<>();
  private final List<List<ChatEntry>> kept = new ArrayList<>();

  SessionStorage(ChatCorpus corpus, Consumer<Figure> told) {
    this.corpus = corpus;
    this.told = told;
    for (List<ChatEntry> conversation : corpus.conversations()) {
      boolean learns = (learnt.size() + kept.size()) % LEARNT == 0;
      (learns ? learnt : kept).add(conversation);
    }
  }

  /**
   * What a setting came to.
   *
   * @param records bytes of all records, with their headers and checksums
   * @param file bytes of the SQLite file, the dictionary among them
   * @param dictionary bytes of it; 0 when none was trained
   */
  record Sizes(long records, long file, long dictionary) {}

  /** Each setting in a file of that folder. */
  void measure(Path folder) throws IOException {
    Path place = Files.createDirectory(folder.resolve("storage"));
    long json = json();
    String of = "chat of " + corpus.source();
    long messages = kept.stream().mapToLong(List::size).sum();
    told.accept(Figure.shown(of + ", messages", "messages", (double) messages));
    told.accept(Figure.shown(of + ", JSON of a message", "B", (double) json / messages));
    String nearest = "";
    double best = Double.POSITIVE_INFINITY;
    for (Keeping keeping : Keeping.all()) {
      String what = of + ", " + keeping.name();
      Optional<Sizes> found =
          sizes(keeping, place.resolve("file-" + Keeping.all().indexOf(keeping)));
      if (found.isEmpty()) {
        told.accept(Figure.shown(what + ", too little to learn from", "of JSON", Double.NaN));
        continue;
      }
      Sizes sizes = found.get();
      double ratio = (double) sizes.records() / json;
      told.accept(
          keeping.compression().on()
              ? new Figure(what + ", records", "of JSON", ratio, GOAL)
              : Figure.shown(what + ", records", "of JSON", ratio));
      told.accept(Figure.shown(what + ", SQLite file", "of JSON", (double) sizes.file() / json));
      if (sizes.dictionary() > 0) {
        told.accept(Figure.shown(what + ", dictionary", "B", (double) sizes.dictionary()));
      }
      if (ratio < best) {
        best = ratio;
        nearest = keeping.name();
      }
    }
    told.accept(Figure.shown(of + ", records, nearest to the goal: " + nearest, "of JSON", best));
  }

  private long json() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    long bytes = 0;
    for (List<ChatEntry> conversation : kept) {
      for (ChatEntry entry : conversation) {
        bytes += mapper.writeValueAsBytes(entry).length;
      }
    }
    return bytes;
  }

  /**
   * Keeps them that way in a new file, and looks whether all is there; empty when a dictionary was
   * wanted and there was too little to learn from.
   */
  private Optional<Sizes> sizes(Keeping keeping, Path file) throws IOException {
    long dictionary = 0;
    try (Sessions sessions = keeping.builder().at(file).open()) {
      if (keeping.trained()) {
        dictionary = train(sessions, keeping);
        if (dictionary == 0) {
          return Optional.empty();
        }
      }
      for (int i = 0; i < kept.size(); i++) {
        keeping.append(sessions.open("chat-" + i), kept.get(i));
      }
      Verified found = sessions.verify();
      if (!found.isIntact() || found.sessions() != kept.size()) {
        throw new IllegalStateException("Not all is there as it was written: " + found);
      }
      check(sessions, keeping);
    }
    return Optional.of(new Sizes(records(file), Files.size(file), dictionary));
  }

  /** The bytes of the dictionary; 0 when there is none. */
  private long train(Sessions sessions, Keeping keeping) {
    for (int i = 0; i < learnt.size(); i++) {
      keeping.append(sessions.open("learnt-" + i), learnt.get(i));
    }
    int size =
        sessions.trainDictionary(Integer.MAX_VALUE).map(CompressionDictionary::size).orElse(0);
    for (int i = 0; i < learnt.size(); i++) {
      sessions.delete("learnt-" + i);
    }
    return size;
  }

  /** That the last conversation can be read. */
  private void check(Sessions sessions, Keeping keeping) {
    List<ChatEntry> last = kept.get(kept.size() - 1);
    long entries = sessions.open("chat-" + (kept.size() - 1)).size("chat");
    boolean same =
        keeping.together() == 1
            ? sessions.open("chat-" + (kept.size() - 1)).log("chat", ChatEntry.class).equals(last)
            : entries == (last.size() + keeping.together() - 1) / keeping.together();
    if (!same) {
      throw new IllegalStateException("A conversation is not what was written.");
    }
  }

  private static long records(Path file) {
    try (Connection connection = PlainSqlite.at(file).getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT SUM(LENGTH(record)) FROM session_entry")) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException("Could not look into " + file + ".", e);
    }
  }
}
