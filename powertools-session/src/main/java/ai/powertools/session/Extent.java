package ai.powertools.session;

/** How much of a session is in a file of a backup. */
enum Extent {
  /** All of it. */
  WHOLE('w'),
  /** What is not as it was in the backup before. */
  CHANGED('c'),
  /** Nothing: it is as it was. */
  UNCHANGED('u');

  private final byte code;

  Extent(char code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Extent of(byte code) {
    for (Extent extent : values()) {
      if (extent.code == code) {
        return extent;
      }
    }
    throw new IllegalArgumentException("no extent has the code " + code);
  }
}
