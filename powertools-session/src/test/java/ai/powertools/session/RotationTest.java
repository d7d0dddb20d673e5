package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {
  @TempDir Path folder;

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  private Sessions open(EncryptionKeys keys) {
    return Sessions.builder()
        .at(folder.resolve("state.db"))
        .history(HistoryWindow.FOREVER)
        .encryption(keys)
        .open();
  }

  @Test
  void afterwardsTheOldKeyIsNeededNoMore() {
    try (Sessions before = open(EncryptionKeys.of("old", key(1)))) {
      Session session = before.open("one");
      session.set("plan", "first");
      session.set("plan", "second");
      for (int i = 0; i < 600; i++) {
        session.append("log", "entry " + i);
      }
      before.open("two").set("x", 1);
    }
    try (Sessions both = open(EncryptionKeys.of("new", key(2)).and("old", key(1)))) {
      both.open("two").set("y", 2); // under the new key already
      assertThat(both.reencrypt()).as("all but one, and what is past").isEqualTo(603);
      assertThat(both.reencrypt()).isZero();
      assertThat(both.verify().problems()).isEmpty();
    }
    try (Sessions after = open(EncryptionKeys.of("new", key(2)))) {
      Session session = after.open("one");
      assertThat(session.get("plan", String.class)).isEqualTo("second");
      assertThat(session.at(1).get("plan", String.class)).isEqualTo("first");
      assertThat(session.log("log", String.class)).hasSize(600).endsWith("entry 599");
      assertThat(after.open("two").get("x", Integer.class)).isEqualTo(1);
      assertThat(after.verify().problems()).isEmpty();
    }
  }

  @Test
  void saysWhichKeyIsMissing() {
    try (Sessions before = open(EncryptionKeys.of("old", key(1)))) {
      before.open("one").set("plan", "first");
    }
    try (Sessions without = open(EncryptionKeys.of("new", key(2)))) {
      assertThatThrownBy(without::reencrypt)
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("\"old\"");
    }
  }
}
