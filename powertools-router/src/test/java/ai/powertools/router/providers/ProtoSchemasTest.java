package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoSchemasTest {
  private static final String SOURCE =
      """
      syntax = "proto3";
      package acme.v1;
      import "google/api/annotations.proto";
      option java_package = "acme"; // { not a block

      service Things {
        option (google.api.default_host) = "acme.example";
        rpc Make(MakeRequest) returns (Thing) {
          option (google.api.http) = {
            post: "/v1/{parent_name=shelves/*}:make"
            body: "*"
          };
        }
      }

      /* The order of one
         message { } */
      message MakeRequest {
        reserved 4 to 6;
        string parent_name = 1 [(google.api.field_behavior) = REQUIRED];
        repeated Thing things = 2 [
          (google.api.field_behavior) = REQUIRED,
          (google.api.resource_reference) = { type: "acme.example/Thing" }
        ];
        MakeRequest before = 3;
      }

      message Thing {
        enum Colour {
          COLOUR_UNSPECIFIED = 0;
          RED = 1 [deprecated = true];
        }
        message Inner { optional bool deep_down = 1; }
        oneof size {
          int32 width = 1;
          int64 weight = 2;
        }
        Colour colour = 3;
        map<string, Inner> by_name = 4;
        acme.v1.Thing.Inner inner = 5;
        bytes raw_data = 6;
        google.protobuf.Struct extra = 7;
        google.protobuf.Value any = 8 [json_name = "_any"];
        google.protobuf.Timestamp made_at = 9;
        google.protobuf.Duration took = 10;
        uint32 count = 11;
        double part = 12;
        repeated string enum = 13;
        google.protobuf.ListValue list = 14;
        google.type.Interval open = 15;
      }
      """;

  private final ProtoSchemas schemas = new ProtoSchemas(new ProtoPackage().add(SOURCE));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'width': 1}",
        "{'weight': 1}",
        "{'weight': '-12'}",
        "{'colour': 'RED'}",
        "{'colour': 'COLOUR_UNSPECIFIED'}",
        "{'byName': {'a': {'deepDown': true}}}",
        "{'inner': {}}",
        "{'rawData': 'AQ=='}",
        "{'extra': {'a': [1]}}",
        "{'_any': null}",
        "{'madeAt': '2026-11-01T00:00:00.5Z'}",
        "{'took': '1.5s'}",
        "{'count': 4294967295}",
        "{'part': 0.5}",
        "{'enum': ['a']}",
        "{'list': [1, 'a']}",
        "{'open': {'startTime': '2026-11-01T00:00:00+01:00'}}"
      })
  void accepts(String thing) {
    assertThat(problems(thing)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'width': 1.5}",
        "{'width': '1'}",
        "{'width': 2147483648}",
        "{'width': 1, 'weight': 1}",
        "{'weight': 'heavy'}",
        "{'colour': 'BLUE'}",
        "{'colour': 1}",
        "{'by_name': {}}",
        "{'byName': {'a': {'deep_down': true}}}",
        "{'byName': []}",
        "{'inner': null}",
        "{'rawData': 'a b'}",
        "{'extra': []}",
        "{'any': 1}",
        "{'madeAt': 'today'}",
        "{'took': '1.5'}",
        "{'count': -1}",
        "{'part': '0.5'}",
        "{'enum': 'a'}",
        "{'list': {}}",
        "{'open': {'from': '2026-11-01T00:00:00Z'}}"
      })
  void refuses(String thing) {
    assertThat(problems(thing)).isNotEmpty();
  }

  @Test
  void requiresWhatIsRequiredAndNotInThePath() {
    assertThat(made("{'things': [{}]}")).isEmpty();
    assertThat(made("{'things': []}")).isNotEmpty();
    assertThat(made("{}")).isNotEmpty();
  }

  @Test
  void requiresWhatIsInThePathWhereTheSameMessageIsInside() {
    assertThat(made("{'things': [{}], 'before': {'things': [{}], 'parentName': 'a'}}")).isEmpty();
    assertThat(made("{'things': [{}], 'before': {'things': [{}]}}")).isNotEmpty();
    assertThat(made("{'things': [{}], 'before': {'things': [{}], 'parentName': ''}}")).isNotEmpty();
  }

  @Test
  void refusesATypeThatIsNowhere() {
    ProtoSchemas strange =
        new ProtoSchemas(
            new ProtoPackage().add("message A { message B { Hole hole = 1; } B b = 1; }"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> strange.schema("A"))
        .withMessageContaining("Hole");
    assertThatIllegalArgumentException().isThrownBy(() -> strange.schema("C"));
  }

  @Test
  void refusesAFileThatItDoesNotUnderstand() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProtoPackage().add("extend Thing { int32 a = 1; }"))
        .withMessageContaining("extend");
  }

  private List<String> problems(String thing) {
    return VendorSchemas.problems(schemas.schema("Thing"), json(thing));
  }

  private List<String> made(String request) {
    return VendorSchemas.problems(schemas.schema("MakeRequest"), json(request));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
