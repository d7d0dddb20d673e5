package ai.powertools.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A value or an entry in the model; past states share it, as its end can still be moved. */
final class ModelCell {
  final String value;
  final long version;
  final Instant at;
  Optional<Instant> expiresAt;
  Optional<Duration> slide;

  ModelCell(
      String value,
      long version,
      Instant at,
      Optional<Instant> expiresAt,
      Optional<Duration> slide) {
    this.value = value;
    this.version = version;
    this.at = at;
    this.expiresAt = expiresAt;
    this.slide = slide;
  }

  ModelCell copy() {
    return new ModelCell(value, version, at, expiresAt, slide);
  }

  boolean isOver(Instant now) {
    return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
  }

  boolean isDue(Instant now) {
    return isDue(expiresAt, slide, now);
  }

  /** More than a tenth of the time has passed. */
  static boolean isDue(Optional<Instant> expiresAt, Optional<Duration> slide, Instant now) {
    return slide.isPresent()
        && expiresAt.orElseThrow().isBefore(now.plus(slide.get().multipliedBy(9).dividedBy(10)));
  }

  Versioned<String> versioned() {
    return new Versioned<>(value, version, at);
  }

  LogEntry<String> entry(long seq) {
    return new LogEntry<>(seq, version, at, value);
  }
}
