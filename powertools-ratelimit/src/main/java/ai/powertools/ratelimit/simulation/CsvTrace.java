package ai.powertools.ratelimit.simulation;

import ai.powertools.core.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads a trace row by row, and says in which line something is wrong. Not thread-safe. */
final class CsvTrace implements Iterator<TracedCall> {
  private final String name;
  private final BufferedReader reader;
  private @Nullable TraceColumns columns;
  private long line;
  private Duration last = Duration.ZERO;
  private @Nullable TracedCall next;

  CsvTrace(String name, BufferedReader reader) {
    this.name = name;
    this.reader = reader;
  }

  Stream<TracedCall> calls() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(this::close);
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = read();
    }
    return next != null;
  }

  @Override
  public TracedCall next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The trace " + name + " has ended.");
    }
    TracedCall call = Objects.requireNonNull(next);
    next = null;
    return call;
  }

  private @Nullable TracedCall read() {
    String text = nonBlank();
    try {
      if (columns == null) {
        columns = TraceColumns.of(CsvCells.of(text == null ? "" : text));
        text = nonBlank();
      }
      return text == null ? null : inOrder(columns.call(CsvCells.of(text)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("%s, line %d: %s".formatted(name, line, e.getMessage()), e);
    }
  }

  private TracedCall inOrder(TracedCall call) {
    if (call.at().compareTo(last) < 0) {
      throw new IllegalArgumentException(
          "at is before that of the row above. Sort the rows by their times.");
    }
    last = call.at();
    return call;
  }

  private @Nullable String nonBlank() {
    try {
      String text;
      do {
        text = reader.readLine();
        line++;
      } while (text != null && text.isBlank());
      return text;
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          "%s is no UTF-8 text after line %d. Convert it first.".formatted(name, line), e);
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read %s after line %d: %s."
              .formatted(name, line, e.getClass().getSimpleName()),
          e);
    }
  }

  private void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new ConfigurationException("Could not close " + name + ".", e);
    }
  }
}
