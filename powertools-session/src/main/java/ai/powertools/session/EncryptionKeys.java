package ai.powertools.session;

import ai.powertools.core.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * The keys that values are encrypted with, by AES-256-GCM: one for writing, and any number of
 * earlier ones for reading. Each has a name that is kept with the values, in the clear.
 *
 * <pre>{@code
 * EncryptionKeys.of("2026-11", Secret.env("SESSION_KEY"))
 *     .and("2026-05", Secret.env("SESSION_KEY_BEFORE"))
 * }</pre>
 *
 * <p>A key is 32 random bytes, such as {@code openssl rand -base64 32} prints. No key is made from
 * a passphrase. Write at most 2^32 values with one key, counting each update: every value has a
 * random nonce of 96 bits, and below that number the odds that any two are the same are under 2^-32
 * (NIST SP 800-38D, 8.3).
 *
 * <p>Values that were written before encryption was switched on are read as they are; see {@link
 * #refusingPlain()}. Values are compressed before they are encrypted, so their sizes tell how well
 * they compress: leave compression off where somebody can write parts of a value and see its size.
 *
 * <p>Safe for use by many threads. Prints the names of the keys, never the keys.
 */
public final class EncryptionKeys {
  static final int KEY_SIZE = 32;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final String current;
  private final Map<String, byte[]> keys;
  private final boolean refusesPlain;
  private final AtomicBoolean destroyed;

  private EncryptionKeys(
      String current, Map<String, byte[]> keys, boolean refusesPlain, AtomicBoolean destroyed) {
    this.current = current;
    this.keys = keys;
    this.refusesPlain = refusesPlain;
    this.destroyed = destroyed;
  }

  /**
   * A key for writing and reading, in Base64.
   *
   * @param id its name: 1 to 64 letters, digits, dots, hyphens and underscores of ASCII
   * @throws IllegalArgumentException if the name is none, or the key is not 32 bytes in Base64
   */
  public static EncryptionKeys of(String id, Secret base64) {
    return new EncryptionKeys(
        id, Map.of(name(id), decoded(id, base64)), false, new AtomicBoolean());
  }

  /**
   * A key for writing and reading.
   *
   * @param id its name, as above
   * @param key its 32 bytes, which are copied: fill the array with zeros when you are done
   * @throws IllegalArgumentException if the name is none, or the key has not 32 bytes
   */
  public static EncryptionKeys of(String id, byte[] key) {
    return new EncryptionKeys(id, Map.of(name(id), checked(id, key)), false, new AtomicBoolean());
  }

  /**
   * These and an earlier key for reading, in Base64.
   *
   * @throws IllegalArgumentException as {@link #of(String, Secret)}, or if there is a key of that
   *     name
   */
  public EncryptionKeys and(String oldId, Secret base64) {
    return and(name(oldId), () -> decoded(oldId, base64));
  }

  /**
   * These and an earlier key for reading.
   *
   * @throws IllegalArgumentException as {@link #of(String, byte[])}, or if there is a key of that
   *     name
   */
  public EncryptionKeys and(String oldId, byte[] key) {
    return and(name(oldId), () -> checked(oldId, key));
  }

  /**
   * The same, but a value that is not encrypted is refused. Without it, who can write to the
   * database could put a value of his own in the place of an encrypted one, unencrypted.
   */
  public EncryptionKeys refusingPlain() {
    return new EncryptionKeys(current, keys, true, destroyed);
  }

  /** The name of the key for writing. */
  public String currentId() {
    return current;
  }

  /** The names of all keys, the one for writing first. */
  public List<String> ids() {
    return List.copyOf(keys.keySet());
  }

  /**
   * Fills the keys with zeros, also those of all objects that this one was made from or that were
   * made from it. They can't be used any more. As far as one can: what the JDK copied while it
   * encrypted is left to its garbage collector.
   */
  public void destroy() {
    destroyed.set(true);
    keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }

  @Override
  public String toString() {
    return "encryption keys " + ids();
  }

  boolean refusesPlain() {
    return refusesPlain;
  }

  /**
   * The bytes of a key, not to be changed or kept.
   *
   * @throws IllegalStateException if they are gone
   */
  Optional<byte[]> find(String id) {
    if (destroyed.get()) {
      throw new IllegalStateException("The " + this + " were destroyed. Give them again.");
    }
    return Optional.ofNullable(keys.get(id));
  }

  private EncryptionKeys and(String id, Supplied key) {
    if (keys.containsKey(id)) {
      throw new IllegalArgumentException(
          "There is already a key \"" + id + "\". Give the other one another name.");
    }
    Map<String, byte[]> more = new LinkedHashMap<>(keys);
    more.put(id, key.bytes());
    return new EncryptionKeys(current, more, refusesPlain, destroyed);
  }

  private static String name(String id) {
    if (!NAME.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A key is named by 1 to 64 letters, digits, dots, hyphens and underscores, not by \""
              + id
              + "\"");
    }
    return id;
  }

  private static byte[] decoded(String id, Secret base64) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.reveal());
    } catch (IllegalArgumentException e) {
      // The decoder's own error quotes a character of the key.
      throw new IllegalArgumentException(
          "Key \"" + id + "\" is not Base64. Make one with: openssl rand -base64 32");
    }
    byte[] checked = checked(id, key);
    Arrays.fill(key, (byte) 0);
    return checked;
  }

  private static byte[] checked(String id, byte[] key) {
    if (key.length != KEY_SIZE) {
      throw new IllegalArgumentException(
          "Key \"%s\" has %d bytes, and needs %d. Make one with: openssl rand -base64 32"
              .formatted(id, key.length, KEY_SIZE));
    }
    return key.clone();
  }

  private interface Supplied {
    byte[] bytes();
  }
}
