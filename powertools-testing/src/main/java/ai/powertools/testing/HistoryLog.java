package ai.powertools.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down a history while it happens, into a text file that is only appended to: one line when
 * an operation begins, and one when it ends. Each process of a test has a file of its own; {@link
 * HistoryFile} puts them together. Whoever is killed leaves operations that began and did not end,
 * which is just what is known of them.
 *
 * <pre>{@code
 * HistoryLog.Call call = log.begins("client 3", "k1", "write 7");
 * store.put("k1", "7");
 * call.answered("done");
 * }</pre>
 *
 * <p>Times are those of {@link System#nanoTime()}, which the processes of one Linux machine share.
 * A line has, with tabs between: the time; the number of the operation in this file; {@code
 * begins}, client, key and operation, or {@code answered} and the result, or {@code failed}, or
 * {@code unknown}. Backslash, tab and line end are written as {@code \\}, {@code \t}, {@code \n},
 * {@code \r}. Safe for use by many threads.
 */
public final class HistoryLog implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final AtomicLong numbers = new AtomicLong();

  private HistoryLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Begins a new file.
   *
   * @throws UncheckedIOException if it can't be made, or is there already
   */
  public static HistoryLog create(Path file) {
    try {
      return new HistoryLog(
          file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Could not create " + file + ". Give each process a file of its own.", e);
    }
  }

  /** Notes that an operation begins; to be called before it does. */
  public Call begins(String client, String key, String operation) {
    long number = numbers.incrementAndGet();
    write(
        System.nanoTime(),
        number,
        "begins\t" + escape(client) + "\t" + escape(key) + "\t" + escape(operation));
    return new Call(number);
  }

  /** An operation that has begun. One of its methods is called when it is over. */
  public final class Call {
    private final long number;

    private Call(long number) {
      this.number = number;
    }

    /** It was answered. */
    public void answered(String result) {
      write(System.nanoTime(), number, "answered\t" + escape(result));
    }

    /** It certainly had no effect, and will have none. */
    public void failed() {
      write(System.nanoTime(), number, "failed");
    }

    /** Nobody knows whether it had an effect, or will have one; the same as to say nothing. */
    public void unknown() {
      write(System.nanoTime(), number, "unknown");
    }
  }

  private synchronized void write(long time, long number, String rest) {
    ByteBuffer line =
        ByteBuffer.wrap(
            (time + "\t" + number + "\t" + rest + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write to " + file, e);
    }
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  /** Ends the file. Harmless twice. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not close " + file, e);
    }
  }
}
