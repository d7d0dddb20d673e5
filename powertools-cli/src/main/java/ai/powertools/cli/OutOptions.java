package ai.powertools.cli;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a result goes: a file that its owner alone can read, or standard output. */
final class OutOptions {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file, which you alone can read; - or none: standard output.")
  private @Nullable String out;

  @Option(names = "--force", description = "Replace FILE if it is there.")
  private boolean force;

  /** Something that can be written. */
  @FunctionalInterface
  interface Content {
    /** Writes it. */
    void to(Writer writer) throws IOException;
  }

  /** The file, as it was named. */
  Optional<String> file() {
    return Optional.ofNullable(out).filter(name -> !name.equals("-"));
  }

  /**
   * To be called before any work is done.
   *
   * @throws ConfigurationException if the file is there and must not be replaced
   */
  void check(Terminal terminal) {
    outFile().ifPresent(file -> file.check(terminal));
  }

  /**
   * Writes all of it; what could not be written as a whole leaves no file.
   *
   * @throws ConfigurationException if it can't be written
   */
  void write(Terminal terminal, Content content) {
    Optional<OutFile> file = outFile();
    if (file.isPresent()) {
      file.get().write(terminal, content);
      return;
    }
    try (Writer writer =
        new BufferedWriter(
            new OutputStreamWriter(new Checked(terminal.out()), StandardCharsets.UTF_8))) {
      content.to(writer);
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigurationException(
          "The output can't be written: its disk is full or its reader has gone.");
    }
  }

  private Optional<OutFile> outFile() {
    return file().map(name -> new OutFile("--out", name, force));
  }

  /** Standard output, which stays open, and whose errors are told. */
  private static final class Checked extends FilterOutputStream {
    private final PrintStream stream;

    Checked(PrintStream stream) {
      super(stream);
      this.stream = stream;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
      flush();
      if (Thread.currentThread().isInterrupted()) {
        throw new CancelledException("Interrupted; the output is not whole.", null);
      }
    }

    @Override
    public void flush() throws IOException {
      if (stream.checkError()) {
        throw new IOException("The stream can't be written.");
      }
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
