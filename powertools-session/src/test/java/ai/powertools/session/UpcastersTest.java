package ai.powertools.session;

import static ai.powertools.session.RecordFormats.ID;
import static ai.powertools.session.RecordFormats.WHERE;
import static ai.powertools.session.RecordFormats.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpcastersTest {
  record Note(String body, String colour) {}

  record Any(Object text, float colour) {}

  interface Event {}

  record Started(String by) implements Event {}

  static class Base {
    public String name = "";
  }

  static final class Derived extends Base {}

  record Box<T>(T content) {}

  private static final Upcasters TWO =
      Upcasters.none()
          .step(Note.class, 0, json -> ((ObjectNode) json).put("colour", "yellow"))
          .step(
              Note.class,
              1,
              json -> ((ObjectNode) json).set("body", ((ObjectNode) json).remove("text")));

  private static byte[] version(int version, Object value, Codec codec) {
    try (RecordFormat older = RecordFormats.with(upTo(version))) {
      return older.write(ID, value, codec, WHERE);
    }
  }

  /** Gives every map that version, as an older program had given it to its notes. */
  private static Upcasters upTo(int version) {
    Upcasters upcasters = Upcasters.none();
    for (int from = 0; from < version; from++) {
      upcasters = upcasters.step(Map.class, from, json -> json);
    }
    return upcasters;
  }

  @Test
  void bringsOlderValuesUpToDate() {
    try (RecordFormat format = RecordFormats.with(TWO)) {
      for (Codec codec : List.of(JsonCodec.standard(), CborCodec.standard())) {
        assertThat(read(format, version(0, Map.of("text", "x"), codec), Note.class))
            .isEqualTo(new Note("x", "yellow"));
        assertThat(
                read(format, version(1, Map.of("text", "x", "colour", "red"), codec), Note.class))
            .isEqualTo(new Note("x", "red"));
        byte[] now = format.write(ID, new Note("x", "blue"), codec, WHERE);
        assertThat(now[2]).isEqualTo((byte) 8);
        assertThat(now[3]).isEqualTo((byte) 2);
        assertThat(read(format, now, Note.class)).isEqualTo(new Note("x", "blue"));
      }
    }
  }

  @Test
  void bindsNumbersAsIfThereWereNoSteps() {
    Map<String, Object> value = Map.of("text", 0.1, "colour", 1.10);
    Upcasters steps = Upcasters.none().step(Any.class, 0, json -> json);
    try (RecordFormat format = RecordFormats.with(steps);
        RecordFormat without = RecordFormats.plain()) {
      for (Codec codec : List.of(JsonCodec.standard(), CborCodec.standard())) {
        byte[] record = version(0, value, codec);
        assertThat(read(format, record, Any.class))
            .isEqualTo(read(without, record, Any.class))
            .isEqualTo(new Any(0.1, 1.1f));
      }
    }
  }

  @Test
  void readsNewerValuesAsTheyAreOrRefusesThem() {
    byte[] newer = version(3, Map.of("body", "s3cret", "shape", "round"), JsonCodec.standard());
    try (RecordFormat format = RecordFormats.with(TWO);
        RecordFormat strict = RecordFormats.with(TWO.refusingNewer());
        RecordFormat none = RecordFormats.with(Upcasters.none().refusingNewer())) {
      assertThat(read(format, newer, Note.class)).isEqualTo(new Note("s3cret", null));
      assertThatThrownBy(() -> read(strict, newer, Note.class))
          .isInstanceOf(SessionException.class)
          .hasMessage(
              "Could not read \"notes\" of session \"s\" as"
                  + " ai.powertools.session.UpcastersTest$Note: it has version 3 of its schema, and"
                  + " this program knows 2. Update the program.");
      assertThatThrownBy(() -> read(none, newer, Note.class)).hasMessageContaining("knows 0");
      assertThat(read(none, newer, JsonNode.class).path("shape").asText()).isEqualTo("round");
    }
  }

  @Test
  void looksForTheNearestTypeThatHasSteps() {
    Upcasters upcasters =
        Upcasters.none()
            .step(Event.class, 0, json -> json)
            .step(Base.class, 4, json -> json)
            .step(Box.class, 0, json -> json);
    assertThat(upcasters.version(Started.class)).isEqualTo(1);
    assertThat(upcasters.version(Derived.class)).isEqualTo(5);
    assertThat(upcasters.version(String.class)).isZero();
    Type box = new TypeReference<Box<String>>() {}.getType();
    assertThat(upcasters.concerns(box, 0)).isTrue();
    assertThat(upcasters.concerns(box, 1)).isFalse();
    assertThat(upcasters.concerns(new TypeReference<String[]>() {}.getType(), 0)).isFalse();
    assertThat(upcasters.concerns(new TypeReference<List<String>[]>() {}.getType(), 0)).isFalse();
  }

  @Test
  void saysWhichStepIsMissing() {
    Upcasters late = Upcasters.none().step(Note.class, 2, json -> json);
    byte[] first = version(1, Map.of("body", "s3cret"), JsonCodec.standard());
    try (RecordFormat format = RecordFormats.with(late)) {
      assertThatThrownBy(() -> read(format, first, Note.class))
          .hasMessageContaining(
              "it has version 1 of its schema, and the first step starts at 2. Add one from 1.");
    }
    assertThatThrownBy(() -> late.step(Note.class, 4, json -> json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("starts at version 3, not at 4.");
    assertThatThrownBy(() -> Upcasters.none().step(Note.class, -1, json -> json))
        .hasMessageEndingWith("starts at version 0 or more, not at -1.");
  }

  @Test
  void quotesNothingThatAStepThrows() {
    byte[] older = version(0, Map.of("text", "s3cret"), JsonCodec.standard());
    Upcasters throwing =
        Upcasters.none()
            .step(
                Note.class,
                0,
                json -> {
                  throw new IllegalStateException(json.toString());
                });
    Upcasters giving = Upcasters.none().step(Note.class, 0, json -> null);
    try (RecordFormat format = RecordFormats.with(throwing);
        RecordFormat nothing = RecordFormats.with(giving)) {
      assertThatThrownBy(() -> read(format, older, Note.class))
          .hasMessageEndingWith(
              "the step from version 0 of its schema threw java.lang.IllegalStateException. Mend"
                  + " the step.")
          .hasNoCause();
      assertThatThrownBy(() -> read(nothing, older, Note.class))
          .hasMessageContaining("the step from version 0 of its schema gave null");
    }
  }

  @Test
  void saysWhereAnUpcastValueDoesNotFit() {
    byte[] older = version(0, Map.of("text", List.of("s3cret")), JsonCodec.standard());
    try (RecordFormat format = RecordFormats.with(TWO)) {
      assertThatThrownBy(() -> read(format, older, Note.class))
          .hasMessageContaining("written as something else, at body.")
          .hasMessageNotContaining("s3cret");
    }
  }
}
