package ai.powertools.logging;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The id that all events of one request share, across services: 16 bytes as 32 lower-case
 * hexadecimal digits, not all zeros, as in <a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a>. Its {@code toString()} is the digits alone.
 *
 * @param hex the 32 digits
 */
public record TraceId(String hex) {
  private static final HexFormat HEX = HexFormat.of();

  /** The length of {@code version-trace-parent-flags}, the only form of version 00. */
  private static final int TRACEPARENT = 55;

  /**
   * @throws IllegalArgumentException if {@code hex} is not 32 lower-case hexadecimal digits or is
   *     all zeros
   */
  public TraceId {
    if (!isId(hex, 32)) {
      throw new IllegalArgumentException(
          "A trace id is 32 lower-case hexadecimal digits, not all zero, and not \"" + hex + "\"");
    }
  }

  /** A new one, at random. */
  public static TraceId fresh() {
    return fresh(Random.SECURE);
  }

  /** A new one from a source of randomness of one's own. */
  public static TraceId fresh(RandomGenerator random) {
    return new TraceId(randomId(random, 16));
  }

  /**
   * The trace id in the value of a {@code traceparent} header; empty when there is none or it does
   * not follow the specification, in which case a new trace is to be begun.
   */
  public static Optional<TraceId> fromTraceparent(@Nullable String header) {
    if (header == null || header.length() < TRACEPARENT) {
      return Optional.empty();
    }
    String version = header.substring(0, 2);
    boolean longer = header.length() > TRACEPARENT;
    boolean mayBeLonger = !version.equals("00") && longer && header.charAt(TRACEPARENT) == '-';
    boolean wellFormed =
        isHex(version)
            && !version.equals("ff")
            && (!longer || mayBeLonger)
            && header.charAt(2) == '-'
            && isId(header.substring(3, 35), 32)
            && header.charAt(35) == '-'
            && isId(header.substring(36, 52), 16)
            && header.charAt(52) == '-'
            && isHex(header.substring(53, TRACEPARENT));
    return wellFormed ? Optional.of(new TraceId(header.substring(3, 35))) : Optional.empty();
  }

  /** The value of a {@code traceparent} header: this trace, sampled, a new span as the parent. */
  public String toTraceparent() {
    return "00-" + hex + "-" + randomId(Random.SECURE, 8) + "-01";
  }

  @Override
  public String toString() {
    return hex;
  }

  private static String randomId(RandomGenerator random, int bytes) {
    byte[] id = new byte[bytes];
    random.nextBytes(id);
    id[bytes - 1] |= (byte) (allZero(id) ? 1 : 0);
    return HEX.formatHex(id);
  }

  private static boolean allZero(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all == 0;
  }

  private static boolean isId(String text, int length) {
    return text.length() == length && isHex(text) && text.chars().anyMatch(c -> c != '0');
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** Seeded when the first id is made, not when a record is loaded. */
  private static final class Random {
    static final SecureRandom SECURE = new SecureRandom();
  }
}
