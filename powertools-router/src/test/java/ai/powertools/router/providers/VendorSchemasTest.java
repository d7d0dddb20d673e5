package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The referee itself: it accepts what is right, and sees one thing that is wrong with it. */
class VendorSchemasTest {
  static List<String> goodRequests() {
    return GoodRequest.names();
  }

  @ParameterizedTest
  @MethodSource("goodRequests")
  void acceptsGoodRequests(String name) {
    GoodRequest good = GoodRequest.named(name);

    assertThat(VendorSchemas.problems(good.request(), good.body())).as(name).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(resources = "corruptions.csv", delimiter = '|', quoteCharacter = '`')
  void refusesCorruptedRequests(String what, String name, String edit, String said) {
    GoodRequest good = GoodRequest.named(name);
    JsonNode bad = Edit.parse(edit).applied(good.body());

    assertThat(VendorSchemas.problems(good.request(), bad))
        .as("%s in %s", what, name)
        .anySatisfy(problem -> assertThat(problem).contains(said));
  }
}
