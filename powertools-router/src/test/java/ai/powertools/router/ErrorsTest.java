package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorsTest {
  private static ProviderException.Builder error(ErrorKind kind) {
    return ProviderException.builder(kind, "openai", "gpt-5-mini", "Too many requests.");
  }

  @Test
  void aProvidersErrorSaysWhatWasTriedWhyNotAndWhatToDo() {
    ProviderException error =
        error(ErrorKind.RATE_LIMITED)
            .status(429)
            .requestId(Optional.of("req_1"))
            .retryAfter(Optional.of(Duration.ofMillis(1500)))
            .cause(new IllegalStateException("cause"))
            .build();

    assertThat(error)
        .hasMessage(
            "openai:gpt-5-mini gave no answer: Too many requests. (rate limited, HTTP 429, request"
                + " req_1). It asks to wait 1500 ms. Wait, send less, or choose another model.")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(error.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(error.provider()).isEqualTo("openai");
    assertThat(error.model()).isEqualTo("gpt-5-mini");
    assertThat(error.status()).hasValue(429);
    assertThat(error.requestId()).contains("req_1");
    assertThat(error.retryAfter()).contains(Duration.ofMillis(1500));
    assertThat(error.mayBeBilled()).isFalse();
    assertThat(error.contentDelivered()).isFalse();
    assertThat(error.partialText()).isEmpty();
  }

  @Test
  void aProvidersErrorNeedNotKnowMuch() {
    ProviderException error =
        ProviderException.builder(ErrorKind.NETWORK, "p", "m", " \n ").build();

    assertThat(error)
        .hasMessage(
            "p:m gave no answer: no reason given (network). Check the address and the network, and"
                + " try again.");
    assertThat(error.status()).isEmpty();
    assertThat(error.requestId()).isEmpty();
    assertThat(error.retryAfter()).isEmpty();
  }

  @Test
  void aReasonIsOneLineAndShortenedBetweenCharacters() {
    String emoji = "😀";
    ProviderException error =
        ProviderException.builder(
                ErrorKind.SERVER, "p", "m", "<html>\n\n  " + "x".repeat(292) + emoji + "tail")
            .build();

    assertThat(error.getMessage())
        .contains("<html> " + "x".repeat(292) + "… (server)")
        .doesNotContain("\n");
  }

  @Test
  void aWaitIsKeptWithinReason() {
    ProviderException huge =
        error(ErrorKind.OVERLOADED)
            .retryAfter(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)))
            .build();
    ProviderException negative =
        error(ErrorKind.OVERLOADED).retryAfter(Optional.of(Duration.ofSeconds(-3))).build();

    assertThat(huge.retryAfter()).contains(Duration.ofDays(36_500));
    assertThat(negative.retryAfter()).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void aBrokenAnswerIsNotToBeTriedAgainOnceHeard(ErrorKind kind) {
    ProviderException heard = error(kind).partial("Once", true).mayBeBilled(true).build();
    ProviderException unheard = error(kind).partial("Once", false).build();
    ProviderException nothing = error(kind).partial("", true).build();

    assertThat(heard.retryable()).isFalse();
    assertThat(heard.partialText()).isEqualTo("Once");
    assertThat(heard.mayBeBilled()).isTrue();
    assertThat(heard).hasMessageContaining("Part of the answer had been delivered. ");
    assertThat(unheard.retryable()).isEqualTo(kind.retryable());
    assertThat(nothing.contentDelivered()).isFalse();
    assertThat(nothing.getMessage()).endsWith(kind.remedy());
  }

  @Test
  void allFailedKeepsTheErrorsInTheOrderInWhichTheyWereTried() {
    Map<String, RuntimeException> errors = new LinkedHashMap<>();
    for (String label : new String[] {"z", "m", "a", "q", "b"}) {
      errors.put(label, new PowerToolsException("failed " + label));
    }
    AllCandidatesFailedException error = new AllCandidatesFailedException(errors);

    assertThat(error.errors().keySet()).containsExactly("z", "m", "a", "q", "b");
    assertThat(error).hasMessageContaining("\n  z: failed z\n  m: failed m\n");
    assertThat(error.getSuppressed()).hasSize(5);
    assertThat(error.retryable()).isFalse();
    assertThat(error.retryAfter()).isEmpty();
  }

  @Test
  void allFailedAsksToWaitAsLongAsTheFirstWhoseErrorMayPass() {
    Map<String, RuntimeException> errors = new LinkedHashMap<>();
    errors.put("a", waiting(ErrorKind.RATE_LIMITED, 20));
    errors.put("b", waiting(ErrorKind.OVERLOADED, 5));
    errors.put("c", waiting(ErrorKind.QUOTA_EXHAUSTED, 1));
    errors.put("d", new IllegalStateException("a bug"));
    AllCandidatesFailedException error = new AllCandidatesFailedException(errors);

    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(5));
  }

  @Test
  void aRefusedCandidateIsAsRetryableAsItsReason() {
    CandidateRefusedException error =
        new CandidateRefusedException(waiting(ErrorKind.RATE_LIMITED, 7));

    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(error.reason()).isSameAs(error.getCause());
    assertThat(error).hasMessage(error.reason().getMessage());
  }

  private static ProviderException waiting(ErrorKind kind, int seconds) {
    return error(kind).retryAfter(Optional.of(Duration.ofSeconds(seconds))).build();
  }
}
