package ai.powertools.session;

import static ai.powertools.session.RecordFormats.ID;
import static ai.powertools.session.RecordFormats.WHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {
  record Part(String name, int size) {}

  record Whole(String title, Part part, List<Part> parts, Map<String, Part> byName) {}

  @JsonIgnoreProperties({"forgotten"})
  record Renamed(@JsonAlias("old") String now) {}

  static final class Open {
    public String text = "";
    private final Map<String, Object> rest = new LinkedHashMap<>();

    @JsonAnySetter
    void put(String name, Object value) {
      rest.put(name, value);
    }
  }

  static final class Wrapping {
    @JsonUnwrapped public Part part = new Part("p", 1);
  }

  record Text(@JsonValue String text) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  sealed interface Shape {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  record Drawing(
      Shape shape, @JsonSerialize(using = ToStringSerializer.class) Part odd, Object any) {}

  record Amount(double price, java.math.BigDecimal exact) {}

  private final JsonCodec codec = JsonCodec.standard();

  private String kept(String before, String after, Type type) {
    return RecordFormats.text(
        codec.keepUnknown(
            before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8), type));
  }

  @Test
  void keepsWhatANewerProgramWrote() {
    assertThat(
            kept(
                "{'title':'a','new':{'x':[1,2]},'part':{'name':'p','size':1,'colour':'red'}}"
                    .replace('\'', '"'),
                "{'title':'b','part':{'name':'q','size':2},'parts':null}".replace('\'', '"'),
                Whole.class))
        .isEqualTo(
            "{'title':'b','part':{'name':'q','size':2,'colour':'red'},'parts':null,'new':{'x':[1,2]}}"
                .replace('\'', '"'));
  }

  @Test
  void letsGoOfWhatTheTypeKnows() {
    assertThat(kept("{\"title\":\"a\",\"part\":{}}", "{}", Whole.class)).isEqualTo("{}");
    assertThat(kept("{\"old\":\"a\",\"forgotten\":1}", "{\"now\":\"b\"}", Renamed.class))
        .isEqualTo("{\"now\":\"b\"}");
    assertThat(kept("{\"new\":1}", "{\"new\":2}", Part.class)).isEqualTo("{\"new\":2}");
  }

  @Test
  void knowsAllEntriesOfAMapButNotTheirFields() {
    assertThat(
            kept(
                "{'byName':{'a':{'name':'a','size':1,'colour':1},'b':{'name':'b','size':1,'colour':2}}}"
                    .replace('\'', '"'),
                "{'byName':{'a':{'name':'a','size':3}}}".replace('\'', '"'),
                Whole.class))
        .isEqualTo("{'byName':{'a':{'name':'a','size':3,'colour':1}}}".replace('\'', '"'));
  }

  @Test
  void findsElementsOfAListByWhatIsKnownOfThem() {
    String before =
        "[{'name':'a','size':1,'colour':1},{'name':'b','size':2,'colour':2},7,{'name':'b','size':2,'colour':3}]"
            .replace('\'', '"');
    String after =
        "[{'name':'b','size':2},{'name':'a','size':9},{'name':'b','size':2},{'name':'b','size':2}]"
            .replace('\'', '"');
    assertThat(kept(before, after, new TypeReference<List<Part>>() {}.getType()))
        .isEqualTo(
            "[{'name':'b','size':2,'colour':2},{'name':'a','size':9},{'name':'b','size':2,'colour':3},{'name':'b','size':2}]"
                .replace('\'', '"'));
    assertThat(kept("[[{\"x\":1}]]", "[[{}]]", new TypeReference<List<List<Part>>>() {}.getType()))
        .isEqualTo("[[{\"x\":1}]]");
    assertThat(kept("[1,2]", "[2]", new TypeReference<List<Integer>>() {}.getType()))
        .isEqualTo("[2]");
  }

  @Test
  void addsNothingWhereItCanNotTellWhatIsKnown() {
    for (Type type :
        List.of(
            Open.class,
            Wrapping.class,
            Text.class,
            Shape.class,
            Circle.class,
            Object.class,
            JsonNode.class,
            int.class,
            new TypeReference<java.util.concurrent.atomic.AtomicReference<Part>>() {}.getType(),
            new TypeReference<Map<String, String>>() {}.getType())) {
      assertThat(kept("{\"x\":1}", "{\"y\":2}", type)).as("%s", type).isEqualTo("{\"y\":2}");
    }
    assertThat(
            kept(
                "{'shape':{'kind':'c','radius':1},'odd':{'x':1},'any':{'x':1},'z':1}"
                    .replace('\'', '"'),
                "{'shape':{'kind':'s','side':1},'odd':{},'any':{}}".replace('\'', '"'),
                Drawing.class))
        .isEqualTo("{'shape':{'kind':'s','side':1},'odd':{},'any':{},'z':1}".replace('\'', '"'));
    assertThat(kept("[1]", "{\"title\":\"a\"}", Whole.class)).isEqualTo("{\"title\":\"a\"}");
    assertThat(kept("{\"x\":1}", "[1]", Whole.class)).isEqualTo("[1]");
    assertThatThrownBy(() -> kept("{", "{}", Whole.class)).isInstanceOf(CodecException.class);
  }

  @Test
  void changesNoNumbers() {
    String numbers =
        "{\"price\":0.1,\"exact\":1.2300000000000000000000000000100,\"new\":3.100000000000000000000001}";
    assertThat(kept(numbers, "{\"price\":0.1,\"exact\":1.2300}", Amount.class))
        .isEqualTo("{\"price\":0.1,\"exact\":1.2300,\"new\":3.100000000000000000000001}");
  }

  @Test
  void keepsThemInRecordsOfJsonAndCbor() {
    List<Codec> all = new ArrayList<>(List.of(codec, CborCodec.standard()));
    for (Codec from : all) {
      for (Codec to : all) {
        try (RecordFormat format = RecordFormats.plain()) {
          byte[] before =
              format.write(ID, Map.of("name", "a", "size", 1, "colour", "red"), from, WHERE);
          RecordId next = new RecordId(7, "notes", 3, 3, 2_000_000, Long.MAX_VALUE);
          byte[] after = format.rewrite(ID, before, next, new Part("a", 2), to, Part.class, WHERE);
          JsonNode read = format.read(next, after, JsonNode.class, WHERE);
          assertThat(read.toString()).isEqualTo("{\"name\":\"a\",\"size\":2,\"colour\":\"red\"}");
        }
      }
    }
  }

  @Test
  void upcastsWhatIsKeptSoThatNoRenamedFieldComesBack() {
    Upcasters upcasters =
        Upcasters.none()
            .step(
                Part.class,
                0,
                json -> ((ObjectNode) json).set("name", ((ObjectNode) json).remove("called")));
    try (RecordFormat format = RecordFormats.with(upcasters)) {
      byte[] before =
          format.write(ID, Map.of("called", "a", "size", 1, "colour", "red"), codec, WHERE);
      byte[] after = format.rewrite(ID, before, ID, new Part("b", 2), codec, Part.class, WHERE);
      assertThat(RecordFormats.read(format, after, JsonNode.class).toString())
          .isEqualTo("{\"name\":\"b\",\"size\":2,\"colour\":\"red\"}");
      assertThat(RecordFormats.read(format, after, Part.class)).isEqualTo(new Part("b", 2));
      byte[] broken = format.write(ID, List.of(), codec, WHERE);
      assertThatThrownBy(
              () -> format.rewrite(ID, broken, ID, new Part("b", 2), codec, Part.class, WHERE))
          .isInstanceOf(SessionException.class)
          .hasMessageContaining("the step from version 0 of its schema threw");
    }
  }

  @Test
  void replacesWhatHasNoFields() {
    try (RecordFormat format = RecordFormats.plain()) {
      byte[] before = format.write(ID, new byte[] {1}, BytesCodec.standard(), WHERE);
      byte[] json = format.rewrite(ID, before, ID, new Part("b", 2), codec, byte[].class, WHERE);
      assertThat(RecordFormats.read(format, json, Part.class)).isEqualTo(new Part("b", 2));
      byte[] back =
          format.rewrite(ID, json, ID, new byte[] {2}, BytesCodec.standard(), Part.class, WHERE);
      assertThat(RecordFormats.read(format, back, byte[].class)).containsExactly(2);
    }
  }
}
