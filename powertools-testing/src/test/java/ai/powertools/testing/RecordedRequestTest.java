package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedRequestTest {
  private static RecordedRequest asking(String query) {
    return new RecordedRequest(
        "GET",
        "/v1beta/models",
        query,
        Map.of("x-goog-api-key", "AIza-1"),
        MissingNode.getInstance());
  }

  @Test
  void decodesTheParametersOfItsQuery() {
    RecordedRequest request = asking("alt=sse&name=a%20b%26c&flag&alt=json&bad=%zz");

    assertThat(request.queryParameter("alt")).hasValue("sse");
    assertThat(request.queryParameter("name")).hasValue("a b&c");
    assertThat(request.queryParameter("flag")).hasValue("");
    assertThat(request.queryParameter("bad")).hasValue("%zz");
    assertThat(request.queryParameter("other")).isEmpty();
  }

  @Test
  void showsNoKey() {
    assertThat(asking("alt=sse&key=AIza-2&n=1").toString())
        .startsWith("GET /v1beta/models?alt=sse&key=(not shown)&n=1 ")
        .doesNotContain("AIza");
    assertThat(asking("key=AIza-2").toString()).doesNotContain("AIza");
  }

  @Test
  void hasNoQueryUnlessOneIsGiven() {
    RecordedRequest request =
        new RecordedRequest("GET", "/v1/models", Map.of(), MissingNode.getInstance());

    assertThat(request.query()).isEmpty();
    assertThat(request.toString()).isEqualTo("GET /v1/models {} ");
  }
}
