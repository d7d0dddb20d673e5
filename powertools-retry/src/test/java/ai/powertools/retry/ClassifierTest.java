package ai.powertools.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.core.DeadlineExceededException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is worth another attempt, error by error. */
class ClassifierTest {
  private final Classifier standard = Classifier.standard();

  static Stream<Named<Throwable>> transientErrors() {
    return Stream.of(
        row(new Busy()),
        row(new RuntimeException(new Busy())),
        row(new Busy(null, new CancellationException())),
        row(new SocketTimeoutException("Read timed out")),
        row(new ConnectException("Connection refused")),
        row(new SocketException("Connection reset")),
        row(new UnknownHostException("api.example.com")),
        row(new EOFException()),
        row(new HttpTimeoutException("request timed out")),
        row(new InterruptedIOException("timeout")),
        row(new SSLHandshakeException("Remote host terminated the handshake")),
        row(new UncheckedIOException(new IOException("reset"))),
        row(new CompletionException(new ExecutionException(new IOException("reset")))));
  }

  @ParameterizedTest
  @MethodSource("transientErrors")
  void theseMayPass(Throwable error) {
    assertThat(standard.classify(error)).isEqualTo(Verdict.transientError());
  }

  static Stream<Named<Throwable>> permanentErrors() {
    return Stream.of(
        row(new ConfigurationException("no key")),
        row(new ConfigurationException("unreadable", new IOException())),
        row(new CancelledException("called off", null)),
        row(new DeadlineExceededException("too late")),
        row(new RuntimeException(new DeadlineExceededException("too late"))),
        row(new SSLPeerUnverifiedException("Hostname not verified")),
        row(new SSLHandshakeException("PKIX").initCause(new CertificateExpiredException())),
        row(new IOException(new SSLPeerUnverifiedException("Hostname not verified"))),
        row(new FileNotFoundException("https://api.example.com/v2")),
        row(new NoSuchFileException("prompt.txt")),
        row(new AccessDeniedException("prompt.txt")),
        row(new MalformedURLException("no protocol")));
  }

  @ParameterizedTest
  @MethodSource("permanentErrors")
  void theseStayAsTheyAre(Throwable error) {
    assertThat(standard.classify(error)).isEqualTo(Verdict.permanent());
  }

  static Stream<Named<Throwable>> cancellations() {
    return Stream.of(
        row(new InterruptedException()),
        row(new CancellationException()),
        row(new IOException(new InterruptedException())),
        row(new CompletionException(new CancellationException())),
        row(new ClosedByInterruptException()));
  }

  @ParameterizedTest
  @MethodSource("cancellations")
  void theseWereCalledOff(Throwable error) {
    assertThat(standard.classify(error)).isEqualTo(Verdict.cancelled());
  }

  static Stream<Named<Throwable>> unknownErrors() {
    return Stream.of(
        row(new IllegalArgumentException("no such model")),
        row(new NullPointerException()),
        row(new TimeoutException()),
        row(new Exception("who knows")));
  }

  @ParameterizedTest
  @MethodSource("unknownErrors")
  void ofTheseNobodyKnows(Throwable error) {
    assertThat(standard.classify(error)).isEqualTo(Verdict.unknown());
  }

  private static Named<Throwable> row(Throwable error) {
    Throwable cause = error.getCause();
    String name = error.getClass().getSimpleName();
    return named(cause == null ? name : name + " by " + cause.getClass().getSimpleName(), error);
  }

  @Test
  void aWishToWaitIsPassedOn() {
    assertThat(standard.classify(new Busy(Duration.ofSeconds(20))))
        .isEqualTo(Verdict.throttled(Duration.ofSeconds(20)));
    assertThat(standard.classify(new Busy(Duration.ofSeconds(-20))))
        .isEqualTo(Verdict.throttled(Duration.ZERO));
  }

  @Test
  void theOutermostOfOurOwnErrorsDecides() {
    Throwable outerPermanent = new ConfigurationException("wrong", new Busy());
    assertThat(standard.classify(outerPermanent)).isEqualTo(Verdict.permanent());

    Throwable outerRetryable = new Busy(null, new ConfigurationException("wrong"));
    assertThat(standard.classify(outerRetryable)).isEqualTo(Verdict.transientError());
  }

  @Test
  void causesThatRunInACircleEnd() {
    Exception one = new Exception();
    Exception two = new Exception(one);
    one.initCause(two);
    assertThat(standard.classify(one)).isEqualTo(Verdict.unknown());
  }

  @Test
  void classifiersAreComposed() {
    Classifier composed =
        standard
            .or(Classifier.transientOn(TimeoutException.class))
            .unless(error -> error instanceof UnknownHostException);

    assertThat(composed.classify(new IOException())).isEqualTo(Verdict.transientError());
    assertThat(composed.classify(new CompletionException(new TimeoutException())))
        .isEqualTo(Verdict.transientError());
    assertThat(composed.classify(new Busy(Duration.ofSeconds(1))))
        .isEqualTo(Verdict.throttled(Duration.ofSeconds(1)));
    assertThat(composed.classify(new UnknownHostException())).isEqualTo(Verdict.permanent());
    assertThat(composed.classify(new IllegalStateException())).isEqualTo(Verdict.unknown());
  }

  @Test
  void futuresWrappersComeOffButNotTheLastError() {
    IOException error = new IOException();
    assertThat(Causes.unwrap(new CompletionException(new ExecutionException(error))))
        .isSameAs(error);
    CompletionException bare = new CompletionException("no cause", null);
    assertThat(Causes.unwrap(bare)).isSameAs(bare);
    assertThat(Causes.unwrap(new ExecutionException(bare))).isSameAs(bare);
  }
}
