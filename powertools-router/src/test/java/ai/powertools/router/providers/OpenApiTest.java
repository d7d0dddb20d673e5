package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final String DOCUMENT =
      """
      components:
        schemas:
          Named:
            type: object
            required: [name]
            properties:
              name: {type: string, nullable: true, description: "A name"}
          Whole:
            allOf:
              - $ref: '#/components/schemas/Named'
              - type: object
                properties:
                  size: {type: integer, minimum: 1}
                  parts: {type: array, items: {$ref: '#/components/schemas/Named'}}
          Either:
            oneOf:
              - {type: number}
              - {type: integer}
          Free:
            type: object
            properties:
              known: {type: string}
            additionalProperties: true
          Nested:
            type: object
            properties:
              inner: {$recursiveRef: '#'}
          Strange:
            type: object
            patternProperties: {a: {type: string}}
      """;

  private final OpenApi api = OpenApi.of(DOCUMENT);

  @Test
  void letsEveryPartOfAWholeNameItsProperties() {
    assertThat(problems("Whole", "{'name': 'a', 'size': 1}")).isEmpty();
    assertThat(problems("Whole", "{'size': 0}"))
        .anyMatch(p -> p.contains("'name' not found"))
        .anyMatch(p -> p.startsWith("/size"));
  }

  @Test
  void refusesWhatNoPartOfAWholeKnows() {
    assertThat(problems("Whole", "{'name': 'a', 'sice': 1}"))
        .singleElement()
        .asString()
        .contains("sice");
  }

  @Test
  void closesTheSameComponentWhereItStandsAlone() {
    assertThat(problems("Whole", "{'name': 'a', 'parts': [{'name': 'b', 'size': 1}]}"))
        .anyMatch(p -> p.startsWith("/parts/0: property 'size'"));
  }

  @Test
  void readsNullable() {
    assertThat(problems("Named", "{'name': null}")).isEmpty();
    assertThat(problems("Named", "{'name': 1}")).isNotEmpty();
  }

  @Test
  void leavesOpenWhatTheDocumentLeavesOpen() {
    assertThat(problems("Free", "{'other': 1}")).isEmpty();
  }

  @Test
  void takesOneAlternativeOfTwoOnlyWhereToldThatTheyOverlap() {
    assertThat(problems("Either", "1")).isNotEmpty();
    assertThat(VendorSchemas.problems(api.withAnyOf("Either").schema("Either"), json("1")))
        .isEmpty();
  }

  @Test
  void followsTheOlderWayToReferToItself() {
    assertThat(problems("Nested", "{'inner': {'inner': {}}}")).isEmpty();
    assertThat(problems("Nested", "{'inner': {'outer': {}}}")).isNotEmpty();
  }

  @Test
  void holdsNothingThatIsNotReferredTo() {
    assertThat(api.schema("Whole").get("$defs").properties())
        .extracting(d -> d.getKey())
        .containsExactlyInAnyOrder("Whole", "Named", "Named.open");
  }

  @Test
  void refusesAKeywordThatItDoesNotUnderstand() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.schema("Strange"))
        .withMessageContaining("patternProperties");
  }

  @Test
  void refusesAnUnknownComponent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.schema("Hole"))
        .withMessageContaining("Hole");
  }

  @Test
  void refusesToAddWhatTheDocumentHasByNow() {
    assertThatIllegalStateException()
        .isThrownBy(() -> api.withText("Named", "name"))
        .withMessageContaining("name");
  }

  private List<String> problems(String component, String json) {
    return VendorSchemas.problems(api.schema(component), json(json));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
