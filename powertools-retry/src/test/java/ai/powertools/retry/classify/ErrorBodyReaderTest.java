package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of bodies, and what of broken ones. */
class ErrorBodyReaderTest {
  @Test
  void codesMessagesAndStatusAreFound() {
    ErrorBody body =
        ErrorBodyReader.read(
            "{\"error\":{\"code\":429,\"type\":\"Too_Fast\",\"message\":\"Slow DOWN\"}}");

    assertThat(body.error()).isTrue();
    assertThat(body.codes()).containsExactlyInAnyOrder("429", "too_fast");
    assertThat(body.text()).isEqualTo("slow down\n");
    assertThat(body.status()).isEqualTo(OptionalInt.of(429));
    assertThat(body.asked()).isEmpty();
  }

  @Test
  void aBodyThatWasCutOffTellsWhatItHas() {
    ErrorBody body =
        ErrorBodyReader.read("{\"error\":{\"type\":\"insufficient_quota\",\"message\":\"You exce");

    assertThat(body.codes()).containsExactly("insufficient_quota");
  }

  @Test
  void aNamespaceOfAwsIsTakenOff() {
    assertThat(ErrorBodyReader.read("{\"__type\":\"com.amazon#ThrottlingException\"}").codes())
        .containsExactly("throttlingexception");
  }

  @Test
  void theBodyInsideAMessageIsReadToo() {
    ErrorBody body =
        ErrorBodyReader.read(
            "{\"error\":{\"message\":\"upstream: {\\\"error\\\":{\\\"status\\\":"
                + "\\\"RESOURCE_EXHAUSTED\\\",\\\"details\\\":[{\\\"retryDelay\\\":\\\"26s\\\"}]}}\"}}");

    assertThat(body.codes()).contains("resource_exhausted");
    assertThat(body.asked()).contains(Duration.ofSeconds(26));
  }

  @Test
  void theLastLineOfAStreamIsRead() {
    ErrorBody body =
        ErrorBodyReader.read("{\"response\":\" Yes\",\"done\":false}\n{\"error\":\"it broke\"}\n");

    assertThat(body.error()).isTrue();
    assertThat(body.text()).isEqualTo("it broke\n");
  }

  @Test
  void whatIsNoJsonIsText() {
    assertThat(ErrorBodyReader.read("Upstream Connect Error").text())
        .isEqualTo("upstream connect error\n");
  }

  @Test
  void namesThatStandElsewhereDoNotCount() {
    ErrorBody body =
        ErrorBodyReader.read("{\"choices\":[{\"error\":{\"code\":\"x\"},\"message\":\"hello\"}]}");

    assertThat(body.error()).isFalse();
    assertThat(body.codes()).isEmpty();
    assertThat(body.text()).isEmpty();
  }

  @Test
  void anErrorThatIsNullIsNone() {
    assertThat(ErrorBodyReader.read("{\"error\":null,\"type\":\"message\"}").error()).isFalse();
    assertThat(ErrorBodyReader.read("{\"type\":\"error\"}").error()).isTrue();
    assertThat(ErrorBodyReader.read("{\"object\":\"error\"}").error()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"200", "99", "1300", "4290", "\"42x\"", "-429", "4e2", "600"})
  void onlyErrorsAreStatuses(String code) {
    assertThat(ErrorBodyReader.read("{\"code\":" + code + "}").status()).isEmpty();
  }

  @Test
  void aWaitOfMoreThanAMonthIsNone() {
    assertThat(ErrorBodyReader.read("{\"estimated_time\":2678400}").asked())
        .contains(Duration.ofDays(31));
    assertThat(ErrorBodyReader.read("{\"estimated_time\":2678401}").asked()).isEmpty();
    assertThat(ErrorBodyReader.read("{\"estimated_time\":-5}").asked()).isEmpty();
  }

  @Test
  void hugeDeepAndRepeatedBodiesAreCutShort() {
    String deep = "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);
    String lists = "{\"error\":" + "[".repeat(30_000);
    String large = "{\"error\":{\"message\":\"" + "m".repeat(50_000) + "\",\"code\":\"c\"}}";
    String beyond = " ".repeat(70_000) + "{\"error\":{\"code\":\"c\"}}";
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 500; i++) {
      many.append("\"code\":\"c").append(i).append("\",");
    }

    assertThat(ErrorBodyReader.read(deep).codes()).isEmpty();
    assertThat(ErrorBodyReader.read(lists).text()).isEmpty();
    assertThat(ErrorBodyReader.read(large).text()).hasSize(4_001);
    assertThat(ErrorBodyReader.read(large).codes()).containsExactly("c");
    assertThat(ErrorBodyReader.read(beyond).codes()).isEmpty();
    assertThat(ErrorBodyReader.read(many.toString()).codes()).hasSize(64);
  }
}
