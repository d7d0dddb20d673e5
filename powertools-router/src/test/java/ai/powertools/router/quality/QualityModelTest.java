package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityModelTest {
  private static List<Outcome> rows;
  private static QualityModel model;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    rows = MadeUpOutcomes.rows(900, 1);
    model = QualityModel.train(rows);
  }

  @Test
  void findsWhatTheWeakModelCanNotDo() {
    QualityEvaluation evaluation = QualityEvaluation.of(model, MadeUpOutcomes.rows(600, 2));
    assertThat(evaluation.curve("sums").apgr().orElseThrow()).isGreaterThan(0.7);
    assertThat(evaluation.curve("facts").apgr().orElseThrow()).isGreaterThan(0.65);
  }

  @Test
  void theSameRowsGiveTheSameBytes() {
    assertThat(ModelFormat.bytes(QualityModel.train(rows))).isEqualTo(ModelFormat.bytes(model));
  }

  @Test
  void aModelThatWasReadPredictsTheSame() {
    Path file = folder.resolve("new/quality.model");
    model.save(file);
    QualityModel read = QualityModel.load(file);
    for (Outcome row : rows.subList(0, 60)) {
      assertThat(read.predict(row.prompt())).isEqualTo(model.predict(row.prompt()));
    }
  }

  @Test
  void aSavedFileIsItsOwnersAloneAndReplacedWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("quality.model"), "an older one");
    model.save(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(ModelFormat.bytes(model));
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysWhenAFileCanNotBeWritten() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> model.save(inTheWay.resolve("quality.model")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Could not write the model");
    assertThatThrownBy(() -> model.save(Path.of("/"))).isInstanceOf(ConfigurationException.class);
  }

  private void refuses(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("bad.model"), bytes);
    assertThatThrownBy(() -> QualityModel.load(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("bad.model")
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    byte[] good = ModelFormat.bytes(model);
    refuses(new byte[0], "is no model of this library");
    refuses(
        "{\"json\": \"and more than sixteen bytes\"}".getBytes(StandardCharsets.UTF_8),
        "is no model");
    refuses(Arrays.copyOf(good, good.length - 1), "is damaged");
    refuses(Arrays.copyOf(good, good.length + 1), "is damaged");
    byte[] flipped = good.clone();
    flipped[good.length / 2] ^= 4;
    refuses(flipped, "is damaged");
    byte[] newer = good.clone();
    newer[7] = 9;
    refuses(newer, "has version 9 of the format; this library reads 1");
    assertThatThrownBy(() -> QualityModel.load(folder.resolve("none.model")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.model: NoSuchFileException");
  }

  @Test
  void aForgedFileGetsAnErrorAndNothingElse() throws IOException {
    byte[] good = ModelFormat.bytes(model);
    ByteBuffer other = ByteBuffer.wrap(good.clone());
    other.putInt(12, 7);
    refuses(signed(other.array()), "is not a whole model: it says that it has 7 counted numbers");
    long seed = Long.getLong("powertools.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] forged = good.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        forged[12 + random.nextInt(good.length - 16)] = (byte) random.nextInt(256);
      }
      try {
        Prediction prediction =
            ModelFormat.model(signed(forged), "forged").predict(rows.get(i).prompt());
        assertThat(prediction.weak()).isBetween(0.0, 1.0);
      } catch (ConfigurationException e) {
        assertThat(e).as("-Dpowertools.seed=" + seed).hasMessageContaining("forged");
      }
    }
  }

  /** With the checksum that belongs to it. */
  private static byte[] signed(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
    return bytes;
  }

  @Test
  void learnsFromRowsOfOneKindToo() {
    for (String set : List.of("sums", "facts")) {
      List<Outcome> some = rows.stream().filter(row -> row.set().equals(set)).toList();
      QualityModel of = QualityModel.train(some);
      double mean =
          some.stream()
              .mapToDouble(row -> of.predict(row.prompt()).familiarity())
              .average()
              .orElseThrow();
      assertThat(mean).isGreaterThan(0.5);
      String other = rows.get(set.equals("sums") ? 1 : 0).prompt();
      assertThat(of.predict(other).familiarity()).isZero();
    }
  }

  @Test
  void refusesToLearnFromAHandful() {
    assertThatThrownBy(() -> QualityModel.train(rows.subList(0, 19)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A model needs at least 20 rows to learn from, not 19.");
    assertThat(QualityModel.train(rows.subList(0, 20)).predict("").weak()).isBetween(0.0, 1.0);
  }

  @Test
  void predictsAnyText() {
    for (String prompt :
        List.of("", " ", "\ud83d", "A. \nB. \nC. ", "9".repeat(50_000), "\u0000")) {
      Prediction prediction = model.predict(prompt);
      assertThat(prediction.familiarity()).as(prompt).isLessThan(0.5);
      assertThat(model.complexity(prompt)).isBetween(0.0, 1.0);
    }
  }
}
