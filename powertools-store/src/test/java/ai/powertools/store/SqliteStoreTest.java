package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.powertools.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStoreTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("state.db");
  }

  private Store openFile() {
    return Store.sqlite(file());
  }

  @Nested
  class Transactions extends TransactionsContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class SingleReads extends SingleReadsContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class LeasesOfIt extends LeasesContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class SharedLeases extends SharedLeasesContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class Watches extends WatchContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class SharedWatches extends SharedWatchContract {
    @Override
    Store open() {
      return openFile();
    }

    @Override
    boolean overtakes() {
      return false;
    }
  }

  @Nested
  class Maintenance extends MaintenanceContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class Backups extends BackupContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class Writers extends WritersContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class MigrationsOfIt extends MigrationsContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Nested
  class Shared extends SharedContract {
    @Override
    Store open() {
      return openFile();
    }
  }

  @Test
  void makesItsFilesForTheirOwnerAlone() throws IOException {
    Path deep = folder.resolve("a/b/state.db");
    try (Store store = Store.sqlite(deep)) {
      store.migrate(OpenStore.TABLES);
      assertThat(store.location()).isEqualTo(deep.toString());
      try (Stream<Path> files = Files.list(deep.getParent())) {
        assertThat(files)
            .extracting(path -> path.getFileName() + " " + mode(path))
            .containsExactlyInAnyOrder(
                "state.db rw-------", "state.db-wal rw-------", "state.db-shm rw-------");
      }
    }
    assertThat(mode(deep.getParent())).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
  }

  @Test
  void flushesEveryCommit() {
    try (Store store = openFile()) {
      assertThat(pragma(store, "synchronous")).as("FULL").isEqualTo("2");
      assertThat(pragma(store, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(store, "foreign_keys")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"what?.db", "50%20.db", "a#b.db", "mit Leerzeichen ü.db", "x?mode=ro"})
  void takesAnyNameForWhatItIs(String name) throws IOException {
    Path odd = folder.resolve(name);
    for (int times = 1; times <= 2; times++) {
      try (Store store = Store.sqlite(odd)) {
        store.migrate(OpenStore.TABLES);
        OpenStore.increment(store);
        assertThat(OpenStore.count(store)).isEqualTo(times);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(odd);
    }
  }

  @Test
  void refusesAFolder() {
    assertThat(OpenStore.refusal(() -> Store.sqlite(folder)))
        .hasMessage("Could not open " + folder + ": it is a folder. Name a file.")
        .returns(Kind.READ_ONLY, StoreException::kind);
  }

  @Test
  void refusesAFileWhereAFolderIsNeeded() throws IOException {
    Files.writeString(file(), "not a folder");
    assertThat(OpenStore.refusal(() -> Store.sqlite(file().resolve("state.db"))))
        .hasMessageStartingWith("Could not create " + file().resolve("state.db") + ": ")
        .hasMessageEndingWith("Name a file in a folder that this user may write to.")
        .returns(Kind.READ_ONLY, StoreException::kind);
  }

  @Test
  void refusesAFolderThatNobodyCanWriteTo() {
    Path proc = Path.of("/proc");
    assumeThat(proc).as("a file system that refuses even root").isDirectory();
    assertThat(OpenStore.kind(() -> Store.sqlite(proc.resolve("state.db"))))
        .isEqualTo(Kind.READ_ONLY);
    assertThat(OpenStore.kind(() -> Store.sqlite(proc.resolve("new/state.db"))))
        .isEqualTo(Kind.READ_ONLY);
  }

  @Test
  void refusesAFileThatThisUserMayNotWrite() throws IOException {
    openFile().close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));
    assumeThat(Files.isWritable(file())).as("root may write what nobody may").isFalse();
    assertThat(OpenStore.kind(this::openFile)).isEqualTo(Kind.READ_ONLY);
  }

  @Test
  void refusesWhatIsNoDatabaseAndLeavesItAlone() throws IOException {
    String text = "Dear diary, ".repeat(1000);
    Files.writeString(file(), text);
    assertThat(OpenStore.refusal(this::openFile))
        .hasMessageStartingWith("Could not open at " + file() + ": ")
        .hasMessageEndingWith(
            "Keep the file for rescue (sqlite3 FILE .recover), and restore a backup or name another.")
        .returns(Kind.CORRUPT, StoreException::kind);
    assertThat(file()).hasContent(text);
  }

  @Test
  void tellsADamagedFile() throws IOException {
    try (Store store = openFile()) {
      store.migrate(OpenStore.TABLES);
      store.update(
          sql -> {
            for (int i = 0; i < 500; i++) {
              sql.execute("INSERT INTO note (text) VALUES (?)", i + "x".repeat(500));
            }
          });
    }
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      for (long at = 4096; at < Files.size(file()); at += 512) {
        channel.write(
            ByteBuffer.wrap(
                "scribble".repeat(64).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            at);
      }
    }
    try (Store store = openFile()) {
      Integrity integrity = store.verify();
      assertThat(integrity.isSound()).isFalse();
      assertThat(integrity.thorough()).isTrue();
      assertThat(integrity.problems()).isNotEmpty().noneMatch(text -> text.contains("scribble"));
      assertThat(OpenStore.kind(() -> store.read(sql -> sql.query("SELECT * FROM note", r -> 1))))
          .isEqualTo(Kind.CORRUPT);
      assertThat(OpenStore.kind(() -> store.update(sql -> OpenStore.insert(sql, "x"))))
          .isEqualTo(Kind.CORRUPT);
    }
  }

  @Test
  void findsReferencesToNothing() {
    try (Store store = openFile()) {
      store.migrate(
          Migrations.of("family")
              .step(
                  1,
                  "CREATE TABLE parent (name TEXT PRIMARY KEY);"
                      + "CREATE TABLE child (parent TEXT REFERENCES parent (name))"));
    }
    byOtherMeans("INSERT INTO child VALUES ('s3cret')");
    try (Store store = openFile()) {
      assertThat(store.verify().problems())
          .containsExactly("child, row 1: nothing in parent that it refers to");
    }
  }

  /** Without the checks that the store asks for. */
  private void byOtherMeans(String sql) {
    try (java.sql.Connection connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + file());
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void flushesTheLogOfAFileBehindALinkToo() throws IOException {
    Path real = Files.createDirectories(folder.resolve("elsewhere")).resolve("real.db");
    Store.sqlite(real).close();
    Files.createSymbolicLink(file(), real);
    try (Store store = openFile()) {
      store.migrate(OpenStore.TABLES);
      assertThat(
              store
                  .writeAsync(
                      WriteMode.DURABLE.done(WriteMode.Done.DURABLE_SEEN_SOONER),
                      sql -> sql.execute("INSERT INTO note (text) VALUES ('kept')"))
                  .join())
          .isEqualTo(1);
      assertThat(store.first("SELECT text FROM note", r -> r.string("text"))).hasValue("kept");
    }
  }

  @Test
  void flushesTheLogThatIsThereAfterAConnectionWasGivenUp() throws Exception {
    Path handles = Path.of("/proc/self/fd");
    assumeThat(handles).as("where the system shows what is open").isDirectory();
    try (SqliteEngine engine = SqliteEngine.file(file())) {
      writeAndFlush(engine);
      engine.giveBack(engine.takeWriter(), false); // it was the last one, so the log is gone
      writeAndFlush(engine);
      try (Stream<Path> open = Files.list(handles)) {
        assertThat(open.map(SqliteStoreTest::target))
            .contains(file() + "-wal")
            .doesNotContain(file() + "-wal (deleted)");
      }
    }
  }

  private static void writeAndFlush(SqliteEngine engine) throws Exception {
    Link link = engine.takeWriter();
    engine.beginWrite(link, WriteMode.DURABLE.done(WriteMode.Done.DURABLE_SEEN_SOONER));
    link.run("CREATE TABLE IF NOT EXISTS t (a TEXT)");
    link.run("INSERT INTO t VALUES ('x')");
    link.run("COMMIT");
    engine.giveBack(link, true);
    engine.flush();
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  @Test
  void doesNotMakeAFileThatWasTakenAwayAgain() throws IOException {
    try (Store store = openFile()) {
      store.migrate(OpenStore.TABLES);
      Files.delete(file());
      Kind kind =
          store.read(onTheOneConnection -> OpenStore.kind(() -> store.read(onANewOne -> 1)));
      assertThat(kind).isEqualTo(Kind.READ_ONLY);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void aDiskThatOneFillsIsNotFullForTheOthers() {
    try (Store store = openFile()) {
      store.migrate(OpenStore.TABLES);
      assertFullForOneOnly(store);
    }
    try (Store store = Store.inMemory()) {
      store.migrate(OpenStore.TABLES);
      assertFullForOneOnly(store);
    }
  }

  private static void assertFullForOneOnly(Store store) {
    CountDownLatch open = new CountDownLatch(1);
    CompletableFuture<Boolean> gate =
        store.writeAsync(
            sql -> {
              WritersContract.await(open);
              return true;
            });
    List<CompletableFuture<Integer>> all =
        List.of(
            store.writeAsync(sql -> fill(sql, 1)),
            store.writeAsync(sql -> fill(sql, 1_000_000)),
            store.writeAsync(sql -> fill(sql, 2)));
    open.countDown();

    assertThat(gate.join()).isTrue();
    assertThat(all.get(0).join()).isEqualTo(1);
    assertThat(all.get(2).join()).isEqualTo(1);
    assertThat(WritersContract.failure(all.get(1)))
        .hasMessageContaining("Make room on the disk; nothing of the transaction was kept.")
        .returns(Kind.FULL, StoreException::kind);
    List<String> kept = store.read(OpenStore::texts);
    assertThat(kept).containsExactly("x", "xx");
    assertThat(OpenStore.kind(() -> store.update(sql -> fill(sql, 2_000_000))))
        .isEqualTo(Kind.FULL);
    store.update(sql -> OpenStore.insert(sql, "goes on"));
  }

  private static int fill(Sql sql, int characters) {
    sql.query("PRAGMA max_page_count = 50", r -> 1); // of 4,096 bytes
    return sql.execute("INSERT INTO note (text) VALUES (?)", "x".repeat(characters));
  }

  @Test
  void aReadThatOutlivesTheStoreLeavesNothingOpen() throws Exception {
    Store store = openFile();
    store.migrate(OpenStore.TABLES);
    store.read(
        sql -> {
          store.close();
          return OpenStore.texts(sql);
        });
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("the last connection takes the log away").containsExactly(file());
    }
  }

  private static String pragma(Store store, String name) {
    return store.write(sql -> sql.query("PRAGMA " + name, r -> r.string(name))).get(0);
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
