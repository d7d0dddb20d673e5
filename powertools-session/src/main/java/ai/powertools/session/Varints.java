package ai.powertools.session;

import java.nio.ByteBuffer;

/** Whole numbers from 0 on, seven bits a byte, the lowest first; the last byte has no high bit. */
final class Varints {
  private static final int MORE = 0x80;
  private static final int BITS = 0x7f;

  private Varints() {}

  static int length(long number) {
    return 1 + (63 - Long.numberOfLeadingZeros(number | 1)) / 7;
  }

  static void put(ByteBuffer to, long number) {
    long rest = number;
    while (rest > BITS) {
      to.put((byte) ((rest & BITS) | MORE));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  /**
   * The next number, of at most 31 bits.
   *
   * @throws IllegalArgumentException if it has more
   * @throws java.nio.BufferUnderflowException if the bytes end before it does
   */
  static int get(ByteBuffer from) {
    long number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte next = from.get();
      number |= (long) (next & BITS) << shift;
      if (next >= 0 && number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    throw new IllegalArgumentException("A number has more than 31 bits");
  }
}
