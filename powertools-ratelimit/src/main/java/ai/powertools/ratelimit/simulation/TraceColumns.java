package ai.powertools.ratelimit.simulation;

import ai.powertools.ratelimit.Priority;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the columns of a trace mean. Not thread-safe: the first moment is where time begins. */
final class TraceColumns {
  private static final List<String> KNOWN =
      List.of(
          "at",
          "tokens",
          "input",
          "output",
          "used",
          "used_input",
          "used_output",
          "takes",
          "priority",
          "tenant",
          "keys",
          "patience");

  private final Map<String, Integer> places;
  private final int width;
  private @Nullable Instant first;

  private TraceColumns(Map<String, Integer> places, int width) {
    this.places = places;
    this.width = width;
  }

  /**
   * By the names of the header.
   *
   * @throws IllegalArgumentException if a name is unknown or there twice, or {@code at} is missing
   */
  static TraceColumns of(List<String> header) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).toLowerCase(Locale.ROOT);
      if (!KNOWN.contains(name) && !(name.isEmpty() && header.size() == 1)) {
        throw new IllegalArgumentException(
            "there is no column \"%s\". The header may have %s."
                .formatted(header.get(i), String.join(", ", KNOWN)));
      }
      if (places.put(name, i) != null) {
        throw new IllegalArgumentException(
            "the column \"%s\" is there twice. Remove one.".formatted(name));
      }
    }
    if (!places.containsKey("at")) {
      throw new IllegalArgumentException(
          "the header has no column \"at\". Begin with a line such as at,tokens,takes.");
    }
    return new TraceColumns(places, header.size());
  }

  /**
   * A row as a call.
   *
   * @throws IllegalArgumentException if it is none; the message names the column
   */
  TracedCall call(List<String> cells) {
    if (cells.size() != width) {
      throw new IllegalArgumentException(
          "the header has %d columns and this row has %d. Put a text with a comma in quotes."
              .formatted(width, cells.size()));
    }
    TracedCall call = TracedCall.at(moment(cell(cells, "at").orElse("")));
    Optional<TokenCount> asked = tokens(cells, "tokens", "input", "output");
    Optional<TokenCount> used = tokens(cells, "used", "used_input", "used_output");
    Optional<Duration> takes = cell(cells, "takes").map(text -> span("takes", text));
    Optional<Duration> patience = cell(cells, "patience").map(text -> span("patience", text));
    Optional<String> tenant = cell(cells, "tenant");
    return new TracedCall(
        call.at(),
        asked.orElse(call.tokens()),
        used,
        takes.orElse(call.takes()),
        cell(cells, "priority").map(TraceColumns::priority).orElse(call.priority()),
        tenant,
        cell(cells, "keys").map(text -> List.of(text.split("\\s+", -1))).orElse(List.of()),
        patience);
  }

  private Optional<String> cell(List<String> cells, String column) {
    Integer place = places.get(column);
    return place == null
        ? Optional.empty()
        : Optional.of(cells.get(place)).filter(text -> !text.isEmpty());
  }

  private Duration moment(String text) {
    if (!text.contains("T") || text.startsWith("P")) {
      return span("at", text);
    }
    try {
      Instant moment = Instant.parse(text);
      if (first == null) {
        first = moment;
      }
      return Duration.between(first, moment);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "at must be seconds, a span such as 1.5s, or a moment such as 2026-11-01T12:00:00Z,"
              + " not \"%s\".".formatted(text),
          e);
    }
  }

  private Optional<TokenCount> tokens(List<String> cells, String all, String in, String out) {
    Optional<Long> total = cell(cells, all).map(text -> count(all, text));
    Optional<Long> input = cell(cells, in).map(text -> count(in, text));
    Optional<Long> output = cell(cells, out).map(text -> count(out, text));
    if (input.isPresent() || output.isPresent()) {
      TokenCount parts = TokenCount.of(input.orElse(0L), output.orElse(0L));
      if (total.isPresent() && total.get() != parts.total()) {
        throw new IllegalArgumentException(
            "%s is not the sum of %s and %s. Leave one or the other empty."
                .formatted(all, in, out));
      }
      return Optional.of(parts);
    }
    return total.map(TokenCount::of);
  }

  private static long count(String column, String text) {
    if (!text.matches("[0-9]{1,15}")) {
      throw new IllegalArgumentException(
          "%s must be a whole number, zero or more, not \"%s\".".formatted(column, text));
    }
    return Long.parseLong(text);
  }

  private static Duration span(String column, String text) {
    try {
      return Notation.span(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(column + ": " + e.getMessage(), e);
    }
  }

  private static Priority priority(String text) {
    try {
      return Priority.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "priority must be high, normal or low, not \"%s\".".formatted(text), e);
    }
  }
}
