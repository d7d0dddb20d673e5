package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A full backup and increments on it, each on the one before. */
final class BackupChain {
  private final List<BackupFile> files;

  private BackupChain(List<BackupFile> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Puts files one behind the other.
   *
   * @param problems gets what is wrong with that
   */
  static BackupChain of(List<BackupFile> files, List<String> problems) {
    for (int i = 0; i < files.size(); i++) {
      BackupFile file = files.get(i);
      Optional<BackupHeader.Parent> parent = file.header().parent();
      if (i == 0) {
        parent.ifPresent(
            one ->
                problems.add(
                    "%s is an increment on backup %s, and not a full backup to begin with"
                        .formatted(file.path(), one.id())));
        continue;
      }
      BackupFile before = files.get(i - 1);
      BackupHeader.Parent due = new BackupHeader.Parent(before.header().id(), before.digest());
      if (!parent.equals(Optional.of(due))) {
        problems.add(
            "%s %s, and can't follow %s, which is backup %s"
                .formatted(
                    file.path(),
                    parent.map(one -> "adds to backup " + one.id()).orElse("is a full backup"),
                    before.path(),
                    before.header().id()));
      }
    }
    return new BackupChain(files);
  }

  List<BackupFile> files() {
    return files;
  }

  /**
   * A session as one of the files holds it, together with those before.
   *
   * @param file which, from 0
   * @throws SessionException if it can't be put together
   */
  SessionImage image(int file, long session) {
    List<BackupFile.Part> parts = new ArrayList<>();
    for (int i = file; i >= 0; i--) {
      BackupFile.Part part = files.get(i).part(session).orElseThrow(() -> broken(file, session));
      parts.add(0, part);
      if (part.extent() == Extent.WHOLE) {
        return image(file, session, parts);
      }
    }
    throw broken(file, session);
  }

  private SessionImage image(int file, long session, List<BackupFile.Part> parts) {
    Map<Place, byte[]> entries = new TreeMap<>();
    Map<Place, byte[]> past = new TreeMap<>();
    try {
      for (BackupFile.Part part : parts) {
        entries.keySet().removeIf(place -> isGone(false, place, part.blocks()));
        past.keySet().removeIf(place -> isGone(true, place, part.blocks()));
        for (byte[] bytes : part.entries()) {
          EntryRow row = RowBytes.entry(session, bytes);
          entries.put(new Place(row.name(), row.seq(), 0), bytes);
        }
        for (byte[] bytes : part.past()) {
          EntryRow row = RowBytes.past(session, bytes).entry();
          past.put(new Place(row.name(), row.seq(), row.version()), bytes);
        }
      }
      BackupFile.Part last = parts.get(parts.size() - 1);
      if (!blocks(entries, past).haveTheRowsOf(last.blocks())) {
        throw broken(file, session);
      }
      List<EntryRow> standing =
          entries.values().stream().map(bytes -> RowBytes.entry(session, bytes)).toList();
      List<PastRow> gone =
          past.values().stream().map(bytes -> RowBytes.past(session, bytes)).toList();
      return new SessionImage(last.head(), standing, gone);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw broken(file, session);
    }
  }

  private record Place(String name, long seq, long version) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int result = name.compareTo(other.name);
      result = result != 0 ? result : Long.compare(seq, other.seq);
      return result != 0 ? result : Long.compare(version, other.version);
    }
  }

  private static boolean isGone(boolean past, Place place, Blocks blocks) {
    Blocks.Block block = blocks.get(Blocks.Key.of(past, place.name(), place.seq()));
    return block.count() == 0 || block.replaced();
  }

  private static Blocks blocks(Map<Place, byte[]> entries, Map<Place, byte[]> past) {
    Blocks blocks = new Blocks();
    entries.forEach((place, bytes) -> add(blocks, false, place, bytes));
    past.forEach((place, bytes) -> add(blocks, true, place, bytes));
    return blocks;
  }

  private static void add(Blocks blocks, boolean past, Place place, byte[] bytes) {
    Blocks.Key key = Blocks.Key.of(past, place.name(), place.seq());
    blocks.put(key, blocks.get(key).plus(Blocks.hash(bytes)));
  }

  private SessionException broken(int file, long session) {
    return new SessionException(
        "%s: session %d can't be put together from it and the backups before"
            .formatted(files.get(file).path(), session),
        null);
  }
}
