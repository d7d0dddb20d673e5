package ai.powertools.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Encrypts payloads with AES-256-GCM, bound to their headers and to where they stand. */
final class Encryption {
  static final int TAG = 16;

  private static final byte[] CHECK_OF =
      "ai.powertools.session".getBytes(StandardCharsets.US_ASCII);

  private final @Nullable EncryptionKeys keys;
  private final Supplier<byte[]> nonces;

  Encryption(@Nullable EncryptionKeys keys, Supplier<byte[]> nonces) {
    this.keys = keys;
    this.nonces = nonces;
  }

  /** What the next record is to be encrypted with; empty when there are no keys. */
  Optional<Seal> next() {
    return Optional.ofNullable(keys)
        .map(k -> new Seal(k.currentId(), check(current(k)), nonces.get()));
  }

  /** Whether that is what would be encrypted with now. */
  boolean isCurrent(@Nullable Seal seal) {
    return keys == null
        ? seal == null
        : seal != null
            && seal.keyId().equals(keys.currentId())
            && Arrays.equals(seal.check(), check(current(keys)));
  }

  byte[] encrypt(Seal seal, byte[] header, RecordId id, byte[] payload) {
    EncryptionKeys given = keys;
    if (given == null) {
      throw new IllegalStateException("Nothing is encrypted without keys");
    }
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, current(given), seal, header, id);
      // Destroyed meanwhile, the key could be zeros, with which nothing may be encrypted; the
      // cipher
      // has a copy of its own, which is whole if this still lets it be had.
      current(given);
      return cipher.doFinal(payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK can't encrypt with AES-GCM", e);
    }
  }

  /**
   * The payload of a record.
   *
   * @throws SessionException if the key is not there, or is another one
   * @throws DamagedRecordException if it was changed, or stands where it does not belong
   */
  byte[] decrypt(Seal seal, byte[] header, RecordId id, byte[] payload, String where) {
    byte[] key = key(seal, where);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, seal, header, id).doFinal(payload);
    } catch (AEADBadTagException e) {
      throw new DamagedRecordException(
          where,
          "its authentication fails: somebody changed it, or it stands where it doesn't belong");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK can't decrypt with AES-GCM", e);
    }
  }

  /**
   * Nothing, where a record that is not encrypted may be read.
   *
   * @throws SessionException where not
   */
  void allowPlain(String where) {
    if (keys != null && keys.refusesPlain()) {
      throw new SessionException(
          "Could not read "
              + where
              + ": it is not encrypted, and such values are refused. Write it anew, or give the"
              + " keys without refusingPlain().",
          null);
    }
  }

  private byte[] key(Seal seal, String where) {
    String id = seal.keyId();
    byte[] key =
        Optional.ofNullable(keys)
            .flatMap(k -> k.find(id))
            .orElseThrow(
                () ->
                    new SessionException(
                        ("Could not read %s: it is encrypted with key \"%s\", which was not given."
                                + " Add it: EncryptionKeys.of(…).and(\"%s\", key).")
                            .formatted(where, id, id),
                        null));
    if (!Arrays.equals(check(key), seal.check())) {
      throw new SessionException(
          ("Could not read %s: it is encrypted with another key of the name \"%s\"."
                  + " Give the one that it was"
                  + " written with, and a new one under a new name.")
              .formatted(where, id),
          null);
    }
    return key;
  }

  private static byte[] current(EncryptionKeys keys) {
    return keys.find(keys.currentId()).orElseThrow();
  }

  /** Tells a wrong key from a changed record; four bytes say nothing of 32 random ones. */
  private static byte[] check(byte[] key) {
    return Arrays.copyOf(CompressionDictionary.sha256(CHECK_OF, key), Seal.CHECK);
  }

  private static Cipher cipher(int mode, byte[] key, Seal seal, byte[] header, RecordId id)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, seal.nonce()));
    cipher.updateAAD(header);
    cipher.updateAAD(id.place());
    return cipher;
  }
}
