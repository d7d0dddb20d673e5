package ai.powertools.store;

import java.nio.file.Path;

/** Run where files can't grow for ever: writes until it is refused, and says how far it came. */
final class FullDiskWriter {
  private FullDiskWriter() {}

  public static void main(String[] args) {
    int acknowledged = 0;
    try (Store store = Store.sqlite(Path.of(args[0]))) {
      store.migrate(OpenStore.TABLES);
      try {
        while (true) {
          String text = "n" + acknowledged + "x".repeat(20_000);
          store.update(sql -> OpenStore.insert(sql, text));
          acknowledged++;
        }
      } catch (StoreException e) {
        System.out.println(e.kind() + " " + e.getMessage());
      }
      int readable = store.query("SELECT id FROM note", r -> 1).size();
      System.out.println("acknowledged " + acknowledged + " readable " + readable);
    }
  }
}
