package ai.powertools.session.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One value or one entry of a log, as it is kept. A store gives back what it was given. Moments
 * have microseconds. Immutable: the bytes are not copied, and nobody changes them.
 */
public final class EntryRow {
  private final long session;
  private final String name;
  private final long seq;
  private final long version;
  private final Instant at;
  private final Optional<Instant> expiresAt;
  private final Optional<Duration> slide;
  private final byte[] record;

  /** All of it; each part is told at its accessor. */
  public EntryRow(
      long session,
      String name,
      long seq,
      long version,
      Instant at,
      Optional<Instant> expiresAt,
      Optional<Duration> slide,
      byte[] record) {
    this.session = session;
    this.name = name;
    this.seq = seq;
    this.version = version;
    this.at = at;
    this.expiresAt = expiresAt;
    this.slide = slide;
    this.record = record;
  }

  /** The id of its session. */
  public long session() {
    return session;
  }

  /** The name of the value or the log. */
  public String name() {
    return name;
  }

  /**
   * Its number within the log, from 1; 0 for a value; negative for what the session keeps for
   * itself.
   */
  public long seq() {
    return seq;
  }

  /** The version of the session that wrote it. */
  public long version() {
    return version;
  }

  /** When it was written. */
  public Instant at() {
    return at;
  }

  /** From when on it is gone. */
  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  /** How long it lives on when it is read; empty when its end is fixed. */
  public Optional<Duration> slide() {
    return slide;
  }

  /** Its bytes, with a checksum of all of this; not to be changed. */
  public byte[] record() {
    return record;
  }

  /** The same with other bytes. */
  public EntryRow with(byte[] other) {
    return new EntryRow(session, name, seq, version, at, expiresAt, slide, other);
  }

  /** The same with another end, which the bytes say too. */
  public EntryRow with(
      Optional<Instant> otherEnd, Optional<Duration> otherSlide, byte[] otherRecord) {
    return new EntryRow(session, name, seq, version, at, otherEnd, otherSlide, otherRecord);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryRow row
        && session == row.session
        && name.equals(row.name)
        && seq == row.seq
        && version == row.version
        && at.equals(row.at)
        && expiresAt.equals(row.expiresAt)
        && slide.equals(row.slide)
        && Arrays.equals(record, row.record);
  }

  @Override
  public int hashCode() {
    return Objects.hash(session, name, seq, version);
  }

  /** Where it stands, and nothing of what it holds. */
  @Override
  public String toString() {
    return "entry " + seq + " of \"" + name + "\" of session number " + session;
  }
}
