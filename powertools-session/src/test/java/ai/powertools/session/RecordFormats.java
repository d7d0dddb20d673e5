package ai.powertools.session;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Formats, records and values for tests. */
final class RecordFormats {
  static final RecordId ID = new RecordId(7, "notes", 3, 2, 1_000_000, Long.MAX_VALUE);
  static final String WHERE = "\"notes\" of session \"s\"";

  record Note(String text, int stars) {}

  record Message(String role, String text) {}

  private RecordFormats() {}

  static RecordFormat plain() {
    return with(Compression.off(), null);
  }

  static RecordFormat with(Compression compression, EncryptionKeys keys) {
    return with(Codecs.standard(), Upcasters.none(), compression, keys);
  }

  static RecordFormat with(Upcasters upcasters) {
    return with(Codecs.standard(), upcasters, Compression.off(), null);
  }

  static RecordFormat with(Codecs codecs) {
    return with(codecs, Upcasters.none(), Compression.off(), null);
  }

  static RecordFormat with(
      Codecs codecs, Upcasters upcasters, Compression compression, EncryptionKeys keys) {
    return new RecordFormat(codecs, upcasters, compression, keys, id -> Optional.empty());
  }

  /** With nonces that are the same in every run. */
  static RecordFormat golden(
      Upcasters upcasters, Compression compression, EncryptionKeys keys, byte[] dictionary) {
    return new RecordFormat(
        Codecs.standard(),
        upcasters,
        compression,
        keys,
        id -> Optional.ofNullable(dictionary),
        () -> HexFormat.of().parseHex("000102030405060708090a0b"));
  }

  static byte[] key(int seed) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return key;
  }

  static byte[] write(RecordFormat format, Object value) {
    return format.write(ID, value, JsonCodec.standard(), WHERE);
  }

  static <T> T read(RecordFormat format, byte[] record, Class<T> type) {
    return format.read(ID, record, type, WHERE);
  }

  static Object protobuf(String name, int number) {
    return FieldDescriptorProto.newBuilder().setName(name).setNumber(number).build();
  }

  /** Messages of chats, as many as that, of the lengths that such messages have. */
  static List<Message> chat(int count, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<String> words = new ArrayList<>();
    for (String line : TEXT.lines().toList()) {
      words.addAll(Arrays.asList(line.split(" ", -1)));
    }
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 5 + (int) Math.exp(random.nextDouble(0, 5.2));
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < length; w++) {
        // Some words are frequent, as in every language, and some are new.
        int at = (int) (words.size() * Math.pow(random.nextDouble(), 2));
        text.append(
            random.nextInt(12) == 0 ? Long.toString(random.nextInt(1 << 24), 36) : words.get(at));
        text.append(w % 11 == 10 ? ". " : " ");
      }
      messages.add(new Message(i % 2 == 0 ? "user" : "assistant", text.toString()));
    }
    return messages;
  }

  static byte[] json(Object value) {
    return JsonCodec.standard().encode(value);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static Map<String, Object> map(String key, Object value) {
    return Map.of(key, value);
  }

  private static final String TEXT =
      """
      the a to and of is in that you it for can I this with on be as not are we have if what your
      function returns value when called request response server database table index query please
      explain how does why would should could error message stack trace line file module import
      first second then finally however because therefore for example consider the following code
      java python kotlin list map stream string number integer boolean object class interface method
      model language token prompt context window answer question summary translate rewrite shorter
      customer order invoice delivery address payment refund account password reset email support
      Thank you very much I understand now let me check that for you one moment here are the steps
      weather tomorrow morning evening temperature rain sunny travel flight hotel booking available
      connection timeout retry limit exceeded budget cost dollars cents percent increase decrease
      """;
}
