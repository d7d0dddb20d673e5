package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VendorErrorTest {
  @ParameterizedTest
  @CsvSource({
    "302,INVALID_REQUEST,false",
    "400,INVALID_REQUEST,false",
    "401,AUTHENTICATION,false",
    "402,QUOTA_EXHAUSTED,false",
    "403,PERMISSION,false",
    "404,INVALID_REQUEST,false",
    "408,TIMEOUT,true",
    "409,SERVER,false",
    "413,CONTEXT_WINDOW,false",
    "422,INVALID_REQUEST,false",
    "429,RATE_LIMITED,false",
    "500,SERVER,true",
    "502,SERVER,true",
    "503,OVERLOADED,false",
    "504,TIMEOUT,true",
    "524,TIMEOUT,true",
    "529,OVERLOADED,false"
  })
  void goesByTheStatusWhenTheBodySaysNothing(int status, ErrorKind kind, boolean billed) {
    VendorError error = of(status, "");

    assertThat(error)
        .isEqualTo(new VendorError(kind, "HTTP status " + status, billed, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "400,context_length_exceeded,CONTEXT_WINDOW",
    "400,content_policy_violation,CONTENT_POLICY",
    "400,content_filter,CONTENT_POLICY",
    "429,insufficient_quota,QUOTA_EXHAUSTED",
    "400,billing_hard_limit_reached,QUOTA_EXHAUSTED",
    "429,rate_limit_exceeded,RATE_LIMITED",
    "404,model_not_found,INVALID_REQUEST",
    "401,invalid_api_key,AUTHENTICATION",
    "401,insufficient_quota,AUTHENTICATION"
  })
  void goesByTheCodeBeforeTheStatus(int status, String code, ErrorKind kind) {
    assertThat(of(status, "{\"error\":{\"message\":\"m\",\"code\":\"" + code + "\"}}").kind())
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|This model's maximum context length is 4096 tokens.|CONTEXT_WINDOW",
        "413|Request too large for model x on tokens per minute|CONTEXT_WINDOW",
        "429|Request too large for gpt-5 on tokens per min|CONTEXT_WINDOW",
        "429|You exceeded your current quota, check your plan|QUOTA_EXHAUSTED",
        "402|Insufficient Balance|QUOTA_EXHAUSTED",
        "500|server busy, please try again|OVERLOADED"
      })
  void goesByTheWordsOfVendorsWithoutCodes(int status, String words, ErrorKind kind) {
    assertThat(of(status, "{\"error\":{\"message\":\"" + words + "\"}}").kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"why\",\"type\":\"t\",\"param\":null,\"code\":null}}",
        "{\"error\":\"why\"}",
        "{\"message\":\"why\"}",
        "{\"detail\":\"why\"}",
        "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"why\"}]}",
        "[{\"error\":{\"code\":400,\"message\":\"why\"}}]",
        "why"
      })
  void findsTheWordsInWhateverShape(String body) {
    assertThat(of(400, body).why()).isEqualTo("why");
  }

  @Test
  void takesTheStatusThatAGatewayPutsIntoASuccess() throws JsonProcessingException {
    VendorError error =
        VendorError.ofBody(Json.parse("{\"error\":{\"code\":429,\"message\":\"slow down\"}}"));

    assertThat(error)
        .isEqualTo(new VendorError(ErrorKind.RATE_LIMITED, "slow down", true, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":{\"code\":7}}", "{\"error\":{\"code\":\"x\"}}", "{}"})
  void takesAnErrorInAStreamForTheServersFault(String body) throws JsonProcessingException {
    assertThat(VendorError.ofBody(Json.parse(body)).kind()).isEqualTo(ErrorKind.SERVER);
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void hasARemedyForEveryKind(ErrorKind kind) {
    ProviderException error = ProviderException.builder(kind, "p", "m", "why").build();

    assertThat(error.getMessage()).startsWith("p:m gave no answer: why (").endsWith(".");
  }

  private static VendorError of(int status, String body) {
    return VendorError.ofResponse(status, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsTheWaitThatGoogleAsksFor() {
    VendorError error =
        of(
            429,
            "{\"error\":{\"code\":429,\"message\":\"Slow down\",\"status\":\"RESOURCE_EXHAUSTED\","
                + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
                + "\"retryDelay\":\"37.5s\"}]}}");

    assertThat(error.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(error.retryAfter()).contains(Duration.ofMillis(37_500));
  }

  @Test
  void tellsADaysQuotaFromAMinutes() {
    VendorError error =
        of(
            429,
            "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"violations\":[{\"quotaId\":"
                + "\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]}]}}");

    assertThat(error.kind()).isEqualTo(ErrorKind.QUOTA_EXHAUSTED);
  }

  @ParameterizedTest
  @CsvSource({
    "400,INVALID_ARGUMENT,API_KEY_INVALID,AUTHENTICATION",
    "403,PERMISSION_DENIED,,PERMISSION",
    "400,INVALID_ARGUMENT,,INVALID_REQUEST",
    "503,UNAVAILABLE,,OVERLOADED",
    "504,DEADLINE_EXCEEDED,,TIMEOUT",
    "500,INTERNAL,,SERVER"
  })
  void understandsGoogles(int status, String word, String reason, ErrorKind kind) {
    String detail = reason == null ? "" : "{\"reason\":\"" + reason + "\"}";

    VendorError error =
        of(
            status,
            "{\"error\":{\"message\":\"m\",\"status\":\""
                + word
                + "\",\"details\":["
                + detail
                + "]}}");

    assertThat(error.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalid_request_error,INVALID_REQUEST",
    "401,authentication_error,AUTHENTICATION",
    "402,billing_error,QUOTA_EXHAUSTED",
    "403,permission_error,PERMISSION",
    "404,not_found_error,INVALID_REQUEST",
    "413,request_too_large,CONTEXT_WINDOW",
    "429,rate_limit_error,RATE_LIMITED",
    "500,api_error,SERVER",
    "504,timeout_error,TIMEOUT",
    "529,overloaded_error,OVERLOADED"
  })
  void understandsAnthropicsWhetherRefusedOrInAStream(int status, String type, ErrorKind kind)
      throws JsonProcessingException {
    String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"m\"}}";

    assertThat(of(status, body).kind()).isEqualTo(kind);
    assertThat(VendorError.ofBody(Json.parse(body)).kind()).isEqualTo(kind);
  }
}
