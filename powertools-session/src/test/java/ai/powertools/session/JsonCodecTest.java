package ai.powertools.session;

import static ai.powertools.session.RecordFormats.WHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.RecordFormats.Note;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCodecTest {
  record Holder(Object any, Note note, Map<String, Note> notes) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface ByClass {}

  record Chosen(String command) implements ByClass {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @com.fasterxml.jackson.annotation.JsonSubTypes(
      @com.fasterxml.jackson.annotation.JsonSubTypes.Type(Named.class))
  interface ByName {}

  @JsonTypeName("named")
  record Named(String text) implements ByName {}

  static final class Bare implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static final class Throwing {
    private final List<String> parts = List.of("s3cret");

    public String getText() {
      return parts.stream()
          .reduce((a, b) -> a)
          .filter(String::isEmpty)
          .orElseThrow(() -> new IllegalStateException(parts.toString()));
    }
  }

  private final JsonCodec codec = JsonCodec.standard();

  private byte[] write(Object value, String where) {
    return CodecCalls.encode(value, codec, where);
  }

  private Object read(String json, Class<?> type, String where) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return CodecCalls.reading(where, type, codec, () -> codec.decode(bytes, type));
  }

  @Test
  void keepsTimesAsText() {
    assertThat(RecordFormats.text(codec.encode(List.of(Instant.EPOCH, Duration.ofMinutes(3)))))
        .isEqualTo("[\"1970-01-01T00:00:00Z\",\"PT3M\"]");
    assertThat(codec.decode("\"PT3M\"".getBytes(StandardCharsets.UTF_8), Duration.class))
        .isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void readsGenericTypes() {
    List<Note> notes = List.of(new Note("a", 1), new Note("b", 2));
    assertThat(codec.decode(codec.encode(notes), new TypeReference<List<Note>>() {}.getType()))
        .isEqualTo(notes);
  }

  @Test
  void keepsHalvesOfCharacters() {
    String text = "NUL \u0000, half an emoji \ud83d and \ude80, a whole one \ud83d\ude80, \u00fc";
    assertThat(codec.decode(codec.encode(text), String.class)).isEqualTo(text);
    Map<String, String> key = Map.of("\ud83d\ude80", "x");
    assertThat(codec.decode(codec.encode(key), Map.class)).isEqualTo(key);
  }

  @Test
  void refusesNamesThatCouldNotBeReadAgain() {
    for (String name : List.of("\ud83d", "x\ude80", "\ud83dx", "\ud83d\ud83d\ude80")) {
      assertThatThrownBy(() -> write(Map.of(name, 1), WHERE))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("a part of it can't be written as JSON");
    }
  }

  @Test
  void readsTextsBeyondTheLimitsForForeignData() {
    String text = "x".repeat(21_000_000);
    assertThat(codec.decode(codec.encode(text), String.class)).isEqualTo(text);
  }

  static List<String> gadgets() {
    return List.of(
        "{\"@class\":\"javax.swing.JEditorPane\",\"page\":\"http://localhost/\"}",
        "[\"javax.swing.JEditorPane\",{\"page\":\"http://localhost/\"}]",
        "{\"@type\":\"java.net.URL\",\"val\":\"http://localhost/\"}",
        "[\"java.util.ArrayList\",[\"org.springframework.context.support.X\",\"y\"]]");
  }

  @ParameterizedTest
  @MethodSource("gadgets")
  void dataThatNamesAClassStaysData(String json) {
    String held = "{\"any\":" + json + ",\"note\":{\"text\":\"x\",\"stars\":1}}";
    for (Codec each : List.of(codec, CborCodec.standard())) {
      byte[] bytes =
          each.encode(codec.decode(held.getBytes(StandardCharsets.UTF_8), JsonNode.class));
      Holder holder = (Holder) each.decode(bytes, Holder.class);
      assertThat(holder.any().getClass().getName()).startsWith("java.util.");
      assertThat(holder.any()).isEqualTo(each.decode(each.encode(holder.any()), Object.class));
    }
  }

  @Test
  void refusesClassNamesEvenWhereATypeAsksForThem() {
    byte[] bytes =
        ("{\"@class\":\"" + Chosen.class.getName() + "\",\"command\":\"s3cret\"}")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> codec.decode(bytes, ByClass.class))
        .isInstanceOf(CodecException.class)
        .hasMessageNotContaining("s3cret");
    Named named = new Named("x");
    assertThat(codec.decode(codec.encode(named), ByName.class)).isEqualTo(named);
  }

  @Test
  void refusesAModuleThatSwitchesOnDefaultTyping() {
    SimpleModule module =
        new SimpleModule() {
          private static final long serialVersionUID = 1L;

          @Override
          public void setupModule(SetupContext context) {
            ObjectMapper mapper = context.getOwner();
            mapper.activateDefaultTyping(
                LaissezFaireSubTypeValidator.instance, ObjectMapper.DefaultTyping.NON_FINAL);
          }
        };
    assertThatThrownBy(() -> JsonCodec.with(module))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default typing");
    assertThatThrownBy(() -> CborCodec.with(module)).isInstanceOf(IllegalArgumentException.class);
    assertThat(CborCodec.with(new SimpleModule("fine")).name()).isEqualTo("CBOR");
  }

  @Test
  void saysWhatCanNotBeWritten() {
    assertThatThrownBy(() -> write(new Object(), WHERE))
        .isInstanceOf(SessionException.class)
        .hasMessageStartingWith(
            "Could not write \"notes\" of session \"s\" as JSON: No serializer found for class"
                + " java.lang.Object")
        .hasMessageEndingWith(
            ". Give a record, bean, collection or JsonNode whose parts are the same.");
    assertThatThrownBy(() -> write(new Bare(), WHERE))
        .hasMessageContaining("There is no codec for Java serialization")
        .hasMessageEndingWith("the type comes from the caller, never from the data.");
  }

  @Test
  void quotesNothingThatAValueThrows() {
    assertThatThrownBy(() -> write(Map.of("s3cret", List.of(new Throwing())), WHERE))
        .hasMessageContaining("its own code threw java.lang.IllegalStateException, at ?.?.text.")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
    Map<String, Object> nullKey = new HashMap<>();
    nullKey.put(null, "s3cret");
    assertThatThrownBy(() -> write(nullKey, WHERE))
        .hasMessageContaining("a part of it can't be written as JSON");
    List<Object> deep = new ArrayList<>();
    List<Object> inner = deep;
    for (int i = 0; i < 1_100; i++) {
      List<Object> next = new ArrayList<>();
      inner.add(next);
      inner = next;
    }
    assertThatThrownBy(() -> write(deep, WHERE)).hasMessageContaining("nesting depth (1001)");
  }

  @Test
  void saysWhatIsNotAsItWasWritten() {
    assertThatThrownBy(() -> read("{\"text\":\"x\",\"stars\":\"s3cret\"}", Note.class, WHERE))
        .hasMessage(
            "Could not read \"notes\" of session \"s\" as ai.powertools.session.RecordFormats$Note:"
                + " it was written as something else, at stars. Ask for the type it was written as,"
                + " or for JsonNode to look at it.")
        .hasNoCause();
    assertThatThrownBy(() -> codec.decode(new byte[] {'{'}, Note.class))
        .hasMessage(
            "it was written as something else. Ask for the type it was written as, or for JsonNode"
                + " to look at it.");
    assertThatThrownBy(() -> codec.values().tree(new byte[] {'{'}))
        .isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> codec.decode(codec.encode(NullNode.instance), String.class))
        .hasMessageStartingWith("it was written as null");
    assertThat(codec.decode(codec.encode(NullNode.instance), JsonNode.class))
        .isEqualTo(NullNode.instance);
  }
}
