package ai.powertools.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a record belongs to. All of it is covered by the record's checksum; all but the times also
 * by the authentication of an encrypted one.
 *
 * @param session the number of the session
 * @param key the key of the value, or the name of the log
 * @param seq the number of the entry in its log, 0 for a value
 * @param version the version of the value
 * @param atMicros when it was written, in microseconds since 1970
 * @param expiresMicros when it expires; {@link Long#MAX_VALUE}: never
 */
record RecordId(
    long session, String key, long seq, long version, long atMicros, long expiresMicros) {

  /**
   * Where it stands: session, seq and version, eight bytes each; the length of the key; the key.
   */
  byte[] place() {
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES + name.length)
        .putLong(session)
        .putLong(seq)
        .putLong(version)
        .putInt(name.length)
        .put(name)
        .array();
  }

  /** {@link #place()} and the two times, eight bytes each. */
  byte[] bytes() {
    byte[] place = place();
    return ByteBuffer.allocate(place.length + 2 * Long.BYTES)
        .put(place)
        .putLong(atMicros)
        .putLong(expiresMicros)
        .array();
  }

  boolean isSamePlace(RecordId other) {
    return session == other.session
        && seq == other.seq
        && version == other.version
        && key.equals(other.key);
  }

  /** For messages of work that is about records and not about values. */
  String where() {
    return "\""
        + key
        + "\""
        + (seq == 0 ? "" : ", entry " + seq + ",")
        + " of session number "
        + session;
  }
}
