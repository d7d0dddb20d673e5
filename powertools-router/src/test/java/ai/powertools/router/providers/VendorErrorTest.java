package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
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
}
