package ai.powertools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long recordings go through, row by row. */
class CostPriceStreamTest {
  private static final int ROWS = 10_000;
  private static final byte[] CALL =
      (CostPriceCommandTest.CALL + "\n").getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private final Sink out = new Sink();

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("prices.json"), CostPriceCommandTest.PRICES);
  }

  private int run(InputStream in) {
    Terminal terminal =
        new Terminal(
            in,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            Map.of(),
            folder,
            InstantSource.system());
    return Main.execute(terminal, "cost", "price", "-", "--json", "--prices", "prices.json");
  }

  @Test
  void everyRowIsWrittenBeforeTheNextIsRead() {
    assertThat(run(new Rows())).isZero();
    assertThat(out.lines).isEqualTo(ROWS);
  }

  @Test
  void aBodyOfMegabytesIsReadAndALineLongerThanAnyBodyIsNot() {
    String large =
        CostPriceCommandTest.CALL.replace(
            "{\"model\"", "{\"text\":\"" + "x".repeat(9 << 20) + "\",\"model\"");
    assertThat(run(new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))).isZero();

    InputStream tooLong =
        new java.io.SequenceInputStream(
            new Endless(Lines.MOST_BYTES + 1),
            new ByteArrayInputStream(
                ("\n" + new String(CALL, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(run(tooLong)).isEqualTo(7);
    assertThat(out.lines).isEqualTo(3);
  }

  @Test
  void endsWhenNobodyReadsWhatItWrites() {
    out.broken = true;
    assertThat(run(new Rows())).isEqualTo(3);
  }

  @Test
  void endsWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThat(run(new Rows())).isEqualTo(130);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(out.lines).isEqualTo(1);
  }

  /** Gives a row at a time, and looks whether all rows before it have been answered. */
  private final class Rows extends InputStream {
    private int given;

    @Override
    public int read() {
      throw new UnsupportedOperationException("reads whole rows only");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (given == ROWS) {
        return -1;
      }
      assertThat(out.lines).isEqualTo(given);
      given++;
      System.arraycopy(CALL, 0, buffer, offset, CALL.length);
      return CALL.length;
    }
  }

  /** So many spaces. */
  private static final class Endless extends InputStream {
    private int left;

    private Endless(int bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int some = Math.min(left, length);
      left -= some;
      java.util.Arrays.fill(buffer, offset, offset + some, (byte) ' ');
      return some == 0 ? -1 : some;
    }
  }

  /** Counts lines. */
  private static final class Sink extends OutputStream {
    private int lines;
    private boolean broken;

    @Override
    public void write(int b) throws IOException {
      if (broken) {
        throw new IOException("Broken pipe");
      }
      lines += b == '\n' ? 1 : 0;
    }
  }
}
