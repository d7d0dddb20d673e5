package ai.powertools.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The process that {@link StoreCrashIT} and {@link StorePowerCutIT} kill: threads that write, each
 * its own numbers in order, and say so on standard output once the store said that it is durable.
 */
final class CrashingWriter {
  static final Migrations TABLES =
      Migrations.of("crash")
          .step(
              1,
              """
              CREATE TABLE head (writer BIGINT, n BIGINT, size BIGINT, PRIMARY KEY (writer, n));
              CREATE TABLE body (writer BIGINT, n BIGINT, text TEXT, PRIMARY KEY (writer, n));
              CREATE TABLE total (writer BIGINT PRIMARY KEY, n BIGINT NOT NULL);
              """);

  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private CrashingWriter() {}

  public static void main(String[] args) {
    Store store = Store.sqlite(Path.of(args[0]));
    store.migrate(TABLES);
    say("ready");
    WriteMode mode = WriteMode.DURABLE.done(WriteMode.Done.valueOf(args[2]));
    for (int writer = 0; writer < Integer.parseInt(args[1]); writer++) {
      long id = writer;
      Thread thread = new Thread(() -> write(store, mode, id));
      thread.start();
    }
  }

  private static void write(Store store, WriteMode mode, long writer) {
    SplittableRandom random = new SplittableRandom(writer);
    long n =
        store
            .read(
                sql ->
                    sql.first(
                        "SELECT n FROM total WHERE writer = ?", r -> r.longValue("n"), writer))
            .orElse(0L);
    while (true) {
      n++;
      // Now and then large ones, so that a commit spans many pages and the log is checkpointed.
      String text = "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 60_000 : 200));
      say("try " + writer + "/" + n);
      write(store, mode, writer, n, text);
      say("ack " + writer + "/" + n);
    }
  }

  /** Three rows that belong together: of a torn write, some would be missing. */
  private static void write(Store store, WriteMode mode, long writer, long n, String text) {
    var unused =
        store
            .writeAsync(
                mode,
                sql -> {
                  sql.execute("INSERT INTO head VALUES (?, ?, ?)", writer, n, text.length());
                  sql.execute("INSERT INTO body VALUES (?, ?, ?)", writer, n, text);
                  sql.execute(
                      "INSERT INTO total VALUES (?, ?) ON CONFLICT (writer) DO UPDATE SET n = excluded.n",
                      writer,
                      n);
                  return true;
                })
            .join();
  }

  /** One system call for one line: what is killed leaves no half of it in front of another. */
  private static void say(String line) {
    try {
      OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
