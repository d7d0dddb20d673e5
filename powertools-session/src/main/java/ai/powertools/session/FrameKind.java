package ai.powertools.session;

import java.util.Optional;

/** What a frame of a backup holds. */
enum FrameKind {
  /** Who made it, when, and on what: JSON. The first. */
  HEADER('H'),
  /** Something that belongs to all sessions. */
  SHARED('K'),
  /** A session that was there; what follows belongs to it. */
  SESSION('S'),
  /** A value or an entry of a log. */
  ENTRY('E'),
  /** Something that was replaced or removed. */
  PAST('P'),
  /** Which blocks of rows the session has. */
  BLOCKS('B'),
  /** How much there was, and the digest of all before. The last. */
  END('Z');

  private final byte code;

  FrameKind(char code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Optional<FrameKind> of(byte code) {
    for (FrameKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
