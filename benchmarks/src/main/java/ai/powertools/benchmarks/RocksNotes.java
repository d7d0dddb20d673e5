package ai.powertools.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** RocksDB, and Jackson. */
final class RocksNotes implements Notes {
  private final RocksWrites rocks;

  private RocksNotes(RocksWrites rocks) {
    this.rocks = rocks;
  }

  /** In a new folder. */
  static RocksNotes at(Path folder) {
    return new RocksNotes(RocksWrites.at(folder));
  }

  @Override
  public Note get(int number) {
    return Json.read(rocks.get(name(number)));
  }

  @Override
  public void put(int number, Note note) {
    rocks.put(name(number), Json.write(note));
  }

  @Override
  public void close() {
    rocks.close();
  }

  private static byte[] name(int number) {
    return ("notes/note-" + number).getBytes(StandardCharsets.UTF_8);
  }
}
