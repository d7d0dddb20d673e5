package ai.powertools.session;

/** A value that was encoded and compressed, and has no place yet; it is encrypted when it has. */
final class Prepared {
  private final RecordHeader header;
  private final byte[] payload;
  private final int plainSize;

  Prepared(RecordHeader header, byte[] payload, int plainSize) {
    this.header = header;
    this.payload = payload;
    this.plainSize = plainSize;
  }

  RecordHeader header() {
    return header;
  }

  byte[] payload() {
    return payload;
  }

  /** Its size before it was compressed, in bytes. */
  int plainSize() {
    return plainSize;
  }
}
