package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.ClassPathWithout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class AbsentLibrariesTest {
  /** Runs in a class loader that has none of the optional libraries. */
  public static final class Without implements Callable<List<String>> {
    private final List<String> said = new ArrayList<>();

    @Override
    public List<String> call() {
      say(Compression::zstd);
      say(() -> CompressionDictionary.train(List.of(new byte[] {1})));
      say(() -> CborCodec.standard().encode("x"));
      say(CborCodec::with);
      say(() -> ProtobufCodec.standard().encode("x"));
      say(() -> ProtobufCodec.standard().decode(new byte[0], String.class));
      RecordId id = new RecordId(1, "k", 0, 1, 0, 0);
      try (RecordFormat format = RecordFormatsWithout.format()) {
        byte[] record = format.write(id, Map.of("a", 1), JsonCodec.standard(), "\"k\"");
        say(() -> format.read(id, record, Map.class, "\"k\""));
        say(() -> format.write(id, "x", ProtobufCodec.standard(), "\"k\""));
        say(() -> format.write(id, "x", CborCodec.standard(), "\"k\""));
        byte[] cbor = {1, 2, 0, 0, 0, 0, 0, 0};
        Checksum.seal(id, cbor);
        say(() -> format.read(id, cbor, Map.class, "\"k\""));
        byte[] compressed = {1, 1, 1, 9, 0, 0, 0, 0, 0};
        Checksum.seal(id, compressed);
        say(() -> format.read(id, compressed, Map.class, "\"k\""));
      }
      return said;
    }

    private void say(Callable<?> call) {
      try {
        said.add(String.valueOf(call.call()));
      } catch (Exception e) {
        said.add(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  /** As the sessions make it. */
  static final class RecordFormatsWithout {
    private RecordFormatsWithout() {}

    static RecordFormat format() {
      return new RecordFormat(
          Codecs.standard(),
          Upcasters.none(),
          Compression.off(),
          null,
          id -> java.util.Optional.empty());
    }
  }

  @Test
  void saysWhichLibraryToAdd() throws Exception {
    try (ClassPathWithout without =
        ClassPathWithout.jars("zstd-jni", "protobuf-", "jackson-dataformat-cbor")) {
      String zstd =
          "the library for it is not on the class path. Add com.github.luben:zstd-jni to it.";
      String cbor =
          zstd.replace(
              "github.luben:zstd-jni", "fasterxml.jackson.dataformat:jackson-dataformat-cbor");
      String protobuf = zstd.replace("github.luben:zstd-jni", "google.protobuf:protobuf-java");
      assertThat(without.call(Without.class))
          .isEqualTo(
              List.of(
                  "CodecException: " + zstd,
                  "CodecException: " + zstd,
                  "CodecException: " + cbor,
                  "CodecException: " + cbor,
                  "CodecException: " + protobuf,
                  "CodecException: " + protobuf,
                  "{a=1}",
                  "SessionException: Could not write \"k\" as Protobuf: " + protobuf,
                  "SessionException: Could not write \"k\" as CBOR: " + cbor,
                  "SessionException: Could not read \"k\" as java.util.Map: " + cbor,
                  "SessionException: Could not read \"k\": " + zstd));
    }
  }
}
