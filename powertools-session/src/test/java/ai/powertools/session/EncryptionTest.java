package ai.powertools.session;

import static ai.powertools.session.RecordFormats.ID;
import static ai.powertools.session.RecordFormats.WHERE;
import static ai.powertools.session.RecordFormats.key;
import static ai.powertools.session.RecordFormats.read;
import static ai.powertools.session.RecordFormats.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.Secret;
import ai.powertools.session.RecordFormats.Note;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncryptionTest {
  private static final RecordId OTHER_PLACE =
      new RecordId(7, "notes", 4, 2, 1_000_000, Long.MAX_VALUE);
  private static final RecordId OTHER_TIMES = new RecordId(7, "notes", 3, 2, 5, 6);

  private final Note note = new Note("s3cret", 4);
  private final EncryptionKeys may = EncryptionKeys.of("2026-05", key(5));
  private final EncryptionKeys november = EncryptionKeys.of("2026-11", key(11));

  private static RecordFormat format(EncryptionKeys keys) {
    return RecordFormats.with(Compression.off(), keys);
  }

  @Test
  void keepsNothingInTheClear() {
    try (RecordFormat format = format(november)) {
      byte[] record = write(format, note);
      assertThat(RecordFormats.text(record)).contains("2026-11").doesNotContain("s3cret", "text");
      assertThat(read(format, record, Note.class)).isEqualTo(note);
      assertThat(format.check(ID, record).keyId()).contains("2026-11");
      assertThat(format.check(ID, record).isIntact()).isTrue();
    }
  }

  @Test
  void neverUsesANonceTwice() {
    Set<String> nonces = new HashSet<>();
    try (RecordFormat format = format(november)) {
      for (int i = 0; i < 2_000; i++) {
        byte[] record = write(format, note);
        nonces.add(Arrays.toString(Arrays.copyOfRange(record, 15, 27)));
      }
    }
    assertThat(nonces).hasSize(2_000);
  }

  @Test
  void compressesBeforeItEncrypts() {
    try (RecordFormat format = RecordFormats.with(Compression.zstd(), november)) {
      String text = "s3cret ".repeat(1_000);
      byte[] record = write(format, text);
      assertThat(record.length).isLessThan(200);
      assertThat(read(format, record, String.class)).isEqualTo(text);
      byte[] moved = format.reseal(ID, record, OTHER_PLACE);
      String there = format.read(OTHER_PLACE, moved, String.class, WHERE);
      assertThat(there).isEqualTo(text);
    }
  }

  @Test
  void refusesAChangedRecordWhoseChecksumWasMadeToFit() {
    try (RecordFormat format = format(november)) {
      byte[] record = write(format, note);
      for (int at : new int[] {1, 16, 30, record.length - 5}) {
        byte[] changed = record.clone();
        changed[at] ^= 2;
        Checksum.seal(ID, changed);
        assertThatThrownBy(() -> read(format, changed, Note.class))
            .as("byte %d", at)
            .isInstanceOf(DamagedRecordException.class)
            .hasMessageContaining("its authentication fails");
      }
      byte[] moved = record.clone();
      Checksum.seal(OTHER_PLACE, moved);
      assertThatThrownBy(() -> format.read(OTHER_PLACE, moved, Note.class, WHERE))
          .isInstanceOf(DamagedRecordException.class);
      assertThat(format.check(OTHER_PLACE, moved).problem())
          .get()
          .asString()
          .startsWith("its authentication fails");
      assertThat(format.check(OTHER_PLACE, moved).keyId()).contains("2026-11");
    }
  }

  @Test
  void namesTheKeyThatIsMissing() {
    byte[] record;
    try (RecordFormat format = format(november)) {
      record = write(format, note);
    }
    for (EncryptionKeys keys : Arrays.asList(may, null)) {
      try (RecordFormat format = format(keys)) {
        assertThatThrownBy(() -> read(format, record, Note.class))
            .isInstanceOf(SessionException.class)
            .isNotInstanceOf(DamagedRecordException.class)
            .hasMessage(
                "Could not read \"notes\" of session \"s\": it is encrypted with key \"2026-11\","
                    + " which was not given. Add it: EncryptionKeys.of(…).and(\"2026-11\", key).");
        assertThatThrownBy(() -> format.reencrypt(ID, record)).isInstanceOf(SessionException.class);
        assertThat(format.check(ID, record).problem()).get().asString().contains("not given");
      }
    }
  }

  @Test
  void tellsAnotherKeyOfTheSameNameFromDamage() {
    try (RecordFormat right = format(november);
        RecordFormat wrong = format(EncryptionKeys.of("2026-11", key(12)))) {
      byte[] record = write(right, note);
      assertThatThrownBy(() -> read(wrong, record, Note.class))
          .isNotInstanceOf(DamagedRecordException.class)
          .hasMessage(
              "Could not read \"notes\" of session \"s\": it is encrypted with another key of the"
                  + " name \"2026-11\". Give the one that it was written with, and a new one under"
                  + " a new name.");
      assertThatThrownBy(() -> wrong.reencrypt(ID, record)).hasMessageContaining("another key");
    }
  }

  @Test
  void changesTheKey() {
    EncryptionKeys both = november.and("2026-05", key(5));
    try (RecordFormat before = format(may);
        RecordFormat during = format(both);
        RecordFormat after = format(november)) {
      byte[] old = write(before, note);
      assertThat(read(during, old, Note.class)).isEqualTo(note);
      byte[] fresh = during.reencrypt(ID, old);
      assertThat(read(after, fresh, Note.class)).isEqualTo(note);
      assertThat(during.reencrypt(ID, fresh)).isSameAs(fresh);
      assertThatThrownBy(() -> read(after, old, Note.class)).hasMessageContaining("2026-05");
    }
  }

  @Test
  void encryptsWhatWasPlain() {
    try (RecordFormat plain = format(null);
        RecordFormat format = format(november);
        RecordFormat strict = format(november.refusingPlain())) {
      byte[] record = write(plain, note);
      assertThat(plain.reencrypt(ID, record)).isSameAs(record);
      assertThat(read(format, record, Note.class)).isEqualTo(note);
      byte[] encrypted = format.reencrypt(ID, record);
      assertThat(RecordFormats.text(encrypted)).doesNotContain("s3cret");
      assertThat(read(strict, encrypted, Note.class)).isEqualTo(note);
      assertThatThrownBy(() -> read(strict, record, Note.class))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("it is not encrypted, and such values are refused");
      assertThat(strict.check(ID, record).isIntact()).isFalse();
    }
  }

  @Test
  void encryptsAnewOnlyWhereThePlaceChanges() {
    try (RecordFormat format = format(november)) {
      byte[] record = write(format, note);
      byte[] later = format.reseal(ID, record, OTHER_TIMES);
      assertThat(Arrays.copyOf(later, later.length - 4))
          .isEqualTo(Arrays.copyOf(record, record.length - 4));
      Note same = format.read(OTHER_TIMES, later, Note.class, WHERE);
      assertThat(same).isEqualTo(note);

      byte[] moved = format.reseal(ID, record, OTHER_PLACE);
      assertThat(Arrays.copyOfRange(moved, 15, 27))
          .isNotEqualTo(Arrays.copyOfRange(record, 15, 27));
      Note there = format.read(OTHER_PLACE, moved, Note.class, WHERE);
      assertThat(there).isEqualTo(note);
      for (RecordId id :
          List.of(
              new RecordId(8, "notes", 3, 2, 0, 0),
              new RecordId(7, "other", 3, 2, 0, 0),
              new RecordId(7, "notes", 3, 1, 0, 0))) {
        Note any = format.read(id, format.reseal(ID, record, id), Note.class, WHERE);
        assertThat(any).isEqualTo(note);
      }
    }
  }

  @Test
  void takesKeysInBase64() {
    Secret base64 = Secret.of(Base64.getEncoder().encodeToString(key(11)));
    EncryptionKeys keys = EncryptionKeys.of("2026-11", base64).and("old", base64);
    try (RecordFormat one = format(november);
        RecordFormat other = format(keys)) {
      assertThat(read(other, write(one, note), Note.class)).isEqualTo(note);
    }
    assertThat(keys.ids()).containsExactly("2026-11", "old");
    assertThat(keys.currentId()).isEqualTo("2026-11");
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThatThrownBy(() -> EncryptionKeys.of("a b", key(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not by \"a b\"");
    assertThatThrownBy(() -> EncryptionKeys.of("k", new byte[16]))
        .hasMessage("Key \"k\" has 16 bytes, and needs 32. Make one with: openssl rand -base64 32");
    assertThatThrownBy(() -> EncryptionKeys.of("k", Secret.of("hunter2!")))
        .hasMessage("Key \"k\" is not Base64. Make one with: openssl rand -base64 32")
        .hasNoCause();
    assertThatThrownBy(() -> EncryptionKeys.of("k", Secret.of("aHVudGVyMg==")))
        .hasMessageContaining("has 7 bytes");
    assertThatThrownBy(() -> november.and("2026-11", key(1)))
        .hasMessage("There is already a key \"2026-11\". Give the other one another name.");
    assertThatThrownBy(() -> november.and("", key(1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void copiesTheKeysPrintsNoneAndForgetsThem() {
    byte[] mine = key(11);
    EncryptionKeys keys = EncryptionKeys.of("a", mine);
    Arrays.fill(mine, (byte) 0);
    EncryptionKeys more = keys.and("b", key(2)).refusingPlain();
    assertThat(more).hasToString("encryption keys [a, b]");
    byte[] held = keys.find("a").orElseThrow();
    assertThat(held).isEqualTo(key(11));
    more.destroy();
    more.destroy();
    assertThat(held).isEqualTo(new byte[32]);
    try (RecordFormat format = format(keys)) {
      assertThatThrownBy(() -> write(format, note))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The encryption keys [a] were destroyed. Give them again.");
    }
  }

  @Test
  void decryptsWhatAPlainReadingOfTheDocumentedLayoutDecrypts() throws Exception {
    byte[] record;
    try (RecordFormat format = format(november)) {
      record = write(format, note);
    }
    javax.crypto.Cipher cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        javax.crypto.Cipher.DECRYPT_MODE,
        new javax.crypto.spec.SecretKeySpec(key(11), "AES"),
        new javax.crypto.spec.GCMParameterSpec(128, record, 15, 12));
    cipher.updateAAD(record, 0, 27);
    cipher.updateAAD(
        java.nio.ByteBuffer.allocate(33)
            .putLong(7)
            .putLong(3)
            .putLong(2)
            .putInt(5)
            .put("notes".getBytes(StandardCharsets.UTF_8))
            .array());
    assertThat(RecordFormats.text(cipher.doFinal(record, 27, record.length - 31)))
        .isEqualTo("{\"text\":\"s3cret\",\"stars\":4}");
  }

  @Test
  void refusesToEncryptWithoutKeys() {
    Encryption none = new Encryption(null, () -> new byte[12]);
    Seal seal = new Seal("k", new byte[4], new byte[12]);
    assertThatThrownBy(() -> none.encrypt(seal, new byte[3], ID, new byte[1]))
        .isInstanceOf(IllegalStateException.class);
    Encryption wrong = new Encryption(november, () -> new byte[0]);
    assertThatThrownBy(
            () -> wrong.encrypt(wrong.next().orElseThrow(), new byte[3], ID, new byte[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("can't encrypt");
  }
}
