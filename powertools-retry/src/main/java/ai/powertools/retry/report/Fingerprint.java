package ai.powertools.retry.report;

import ai.powertools.retry.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What errors that are the same have in common. Two are the same if kind, key and type are equal,
 * and their messages differ in nothing but numbers, ids, times and the like.
 *
 * @param kind what the classifier made of the error
 * @param key what the call went to; may be empty
 * @param type the simple class name of the error
 * @param pattern the message with placeholders such as {@code <n>}, {@code <id>} and {@code
 *     <duration>} for what varies
 */
public record Fingerprint(ErrorKind kind, String key, String type, String pattern) {
  private static final int ID_BYTES = 8;

  static Fingerprint of(ErrorEvent event) {
    return new Fingerprint(
        event.kind(), event.key(), event.type(), MessagePattern.of(event.message()));
  }

  /**
   * A short name, of 16 hexadecimal digits: the same in every run and on every machine. The first
   * bytes of a SHA-256 of all four parts.
   */
  public String id() {
    // Lengths in front, so that no two lists of parts are the same text.
    String all =
        "%s %d %d %s%s%s".formatted(kind.name(), key.length(), type.length(), key, type, pattern);
    byte[] digest = sha256().digest(all.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }
}
