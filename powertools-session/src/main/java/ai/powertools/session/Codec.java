package ai.powertools.session;

import java.lang.reflect.Type;

/**
 * Turns values into bytes and back. The type of what is read is always the one that the caller asks
 * for: an implementation must never load a class that the data names.
 *
 * <p>Implementations are safe for use by many threads. The number is kept with every value, so it
 * must stay the same for as long as there are values written with it.
 */
public interface Codec {
  /** Its number in the records: 32 to 127 for your own, 1 to 31 are those of this library. */
  byte id();

  /** What messages call it, such as {@code JSON}. */
  String name();

  /** Whether it can write values of this kind; a quick look, not a promise. */
  boolean accepts(Object value);

  /**
   * A value as bytes.
   *
   * @throws CodecException if it can't be written, with a reason that quotes nothing of it
   */
  byte[] encode(Object value);

  /**
   * The value that was written as these bytes.
   *
   * @param bytes what {@link #encode} gave, perhaps in an older version of the program
   * @param type what the caller asks for
   * @throws CodecException if it was written as something else, with a reason that quotes nothing
   *     of it
   */
  Object decode(byte[] bytes, Type type);
}
