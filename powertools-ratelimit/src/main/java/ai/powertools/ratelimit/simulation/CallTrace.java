package ai.powertools.ratelimit.simulation;

import ai.powertools.core.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls in the order in which they ask to be let through. A trace from a file is read as it is
 * used, one row at a time. Immutable; can be used again unless it comes from a reader.
 *
 * <p>A file is CSV with a header. Columns come in any order, and all but {@code at} may be missing
 * or empty:
 *
 * <pre>
 * at            when: seconds or a span such as 1.5s or 2m from the start, or a moment such as
 *               2026-11-01T12:00:00Z, which counts from the first one
 * tokens        what the call asks for, or
 * input,output  the same in two parts
 * used          what it used in the end, or
 * used_input,used_output
 * takes         how long it ran: seconds or a span
 * priority      high, normal or low
 * tenant        on whose behalf
 * keys          of the limiter's levels, with blanks between them
 * patience      how long it waits at most: seconds or a span; empty: without end
 * </pre>
 */
public final class CallTrace {
  private final String name;
  private final Supplier<Stream<TracedCall>> source;

  private CallTrace(String name, Supplier<Stream<TracedCall>> source) {
    this.name = name;
    this.source = source;
  }

  /**
   * These calls.
   *
   * @throws IllegalArgumentException if one comes before the one that it stands after
   */
  public static CallTrace of(List<TracedCall> calls) {
    for (int i = 1; i < calls.size(); i++) {
      if (calls.get(i).at().compareTo(calls.get(i - 1).at()) < 0) {
        throw new IllegalArgumentException(
            "Call %d at %s comes before call %d. Sort them by their times."
                .formatted(i + 1, calls.get(i).at(), i));
      }
    }
    List<TracedCall> copy = List.copyOf(calls);
    return new CallTrace(copy.size() == 1 ? "1 call" : copy.size() + " calls", copy::stream);
  }

  /**
   * Calls from elsewhere.
   *
   * @param name of where they come from, for messages
   * @param calls gives them anew each time, in the order of their times; each stream is closed
   */
  public static CallTrace of(String name, Supplier<Stream<TracedCall>> calls) {
    return new CallTrace(name, calls);
  }

  /** The rows of a CSV file in UTF-8. */
  public static CallTrace csv(Path file) {
    return new CallTrace(file.toString(), () -> rows(file));
  }

  /**
   * The rows of a CSV text, which can be used once.
   *
   * @param name of the text, for messages
   */
  public static CallTrace csv(String name, Reader text) {
    return new CallTrace(name, () -> new CsvTrace(name, new BufferedReader(text)).calls());
  }

  /** Calls that are made up, the same ones every time. */
  public static CallTrace synthetic(Traffic traffic) {
    return new CallTrace(traffic.toString(), traffic::calls);
  }

  /** Where it comes from, for people. */
  public String name() {
    return name;
  }

  /**
   * The calls. Close the stream when done.
   *
   * @throws ConfigurationException if the file can't be read; the stream throws it too, with the
   *     number of the line, where a row is not what it should be
   */
  public Stream<TracedCall> calls() {
    return source.get();
  }

  private static Stream<TracedCall> rows(Path file) {
    try {
      return new CsvTrace(file.toString(), Files.newBufferedReader(file)).calls();
    } catch (IOException e) {
      throw new ConfigurationException(
          "Could not read %s: %s. Check the path.".formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
