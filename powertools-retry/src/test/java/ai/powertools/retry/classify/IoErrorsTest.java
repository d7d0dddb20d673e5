package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import ai.powertools.retry.Classifier;
import ai.powertools.retry.Verdict;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.InvalidClassException;
import java.io.StreamCorruptedException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What errors of I/O and TLS mean, one by one. */
class IoErrorsTest {
  private final Classifier classifier = IoErrors.classifier();

  static Stream<Named<Throwable>> passing() {
    return Stream.of(
        row(new ConnectException("Connection refused")),
        row(new NoRouteToHostException("No route to host")),
        row(new PortUnreachableException()),
        row(new UnknownHostException("api.example.com")),
        row(new UnresolvedAddressException()),
        row(new BindException("Cannot assign requested address")),
        row(new SocketTimeoutException("Read timed out")),
        row(new SocketTimeoutException("canceled")),
        row(new HttpTimeoutException("request timed out")),
        row(new HttpConnectTimeoutException("HTTP connect timed out")),
        row(new InterruptedIOException("timeout")),
        row(new InterruptedIOException("deadline reached")),
        row(new InterruptedIOException("timeout").initCause(new IOException("Canceled"))),
        row(new EOFException()),
        row(new SocketException("Connection reset")),
        row(new SocketException("Broken pipe")),
        row(new SocketException("Socket closed")),
        row(new ClosedChannelException()),
        row(new AsynchronousCloseException()),
        row(new IOException("/10.0.0.1:443: GOAWAY received")),
        row(new IOException("stream was reset: REFUSED_STREAM")),
        row(new IOException("HTTP/1.1 header parser received no bytes")),
        row(new ProtocolException("unexpected end of stream")),
        row(new SSLHandshakeException("Remote host terminated the handshake")),
        row(new SSLException("Received fatal alert: internal_error")),
        row(new SSLException("closing inbound before receiving peer's close_notify")),
        row(new FileSystemException("log.txt", null, "Too many open files")),
        row(new IOException((String) null)),
        row(new UncheckedIOException(new IOException("reset"))));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void theseMayPass(Throwable error) {
    assertThat(classifier.classify(error)).isEqualTo(Verdict.transientError());
    assertThat(classifier.classify(new RuntimeException(error)))
        .isEqualTo(Verdict.transientError());
  }

  static Stream<Named<Throwable>> lasting() {
    return Stream.of(
        row(new SSLHandshakeException("PKIX").initCause(new CertificateExpiredException())),
        row(new CertificateNotYetValidException()),
        row(new SSLHandshakeException("PKIX").initCause(new CertPathBuilderException())),
        row(new IOException(new CertPathValidatorException("revoked"))),
        row(new SSLPeerUnverifiedException("Hostname not verified")),
        row(new SSLKeyException("bad key")),
        row(new SSLProtocolException("Illegal client handshake msg")),
        row(new SSLHandshakeException("No appropriate protocol (protocol is disabled)")),
        row(new SSLHandshakeException("No cipher suites in common")),
        row(new SSLException("Unsupported or unrecognized SSL message")),
        row(new FileNotFoundException("https://api.example.com/v2")),
        row(new NoSuchFileException("prompt.txt")),
        row(new AccessDeniedException("prompt.txt")),
        row(new FileAlreadyExistsException("prompt.txt")),
        row(new NotDirectoryException("prompt.txt")),
        row(new DirectoryNotEmptyException("prompts")),
        row(new NotLinkException("prompt.txt")),
        row(new FileSystemLoopException("prompts")),
        row(new AtomicMoveNotSupportedException("a", "b", "other disk")),
        row(new ReadOnlyFileSystemException()),
        row(new IOException("No space left on device")),
        row(new FileSystemException("log.txt", null, "Read-only file system")),
        row(new SocketException("Permission denied")),
        row(new BindException("Operation not permitted")),
        row(new MalformedURLException("no protocol")),
        row(new UnknownServiceException("CLEARTEXT communication not permitted")),
        row(new HttpRetryException("cannot retry due to server authentication", 401)),
        row(new ProtocolException("Too many follow-up requests: 21")),
        row(new IOException("stream was reset: HTTP_1_1_REQUIRED")),
        row(new IOException("stream was reset: INADEQUATE_SECURITY")),
        row(new MalformedInputException(1)),
        row(new CharConversionException()),
        row(new UnsupportedEncodingException("utf-9")),
        row(new UTFDataFormatException()),
        row(new InvalidClassException("a.B")),
        row(new StreamCorruptedException()),
        row(new ZipException("Not in GZIP format")));
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void theseStayAsTheyAre(Throwable error) {
    assertThat(classifier.classify(error)).isEqualTo(Verdict.permanent());
    assertThat(classifier.classify(new IOException("wrapped", error)))
        .isEqualTo(Verdict.permanent());
  }

  static Stream<Named<Throwable>> calledOff() {
    return Stream.of(
        row(new ClosedByInterruptException()),
        row(new FileLockInterruptionException()),
        row(new InterruptedIOException()),
        row(new InterruptedIOException("interrupted")),
        row(new IOException("Canceled")));
  }

  @ParameterizedTest
  @MethodSource("calledOff")
  void theseWereCalledOff(Throwable error) {
    assertThat(classifier.classify(error)).isEqualTo(Verdict.cancelled());
    assertThat(classifier.classify(new IOException("wrapped", error)))
        .isEqualTo(Verdict.cancelled());
  }

  static Stream<Named<Throwable>> others() {
    return Stream.of(
        row(new IllegalArgumentException("no such model")),
        row(new NullPointerException()),
        row(new TimeoutException()),
        row(new SQLException("reset", "08006", new SocketException("Connection reset"))),
        row(new RuntimeException(new SQLException(new EOFException()))));
  }

  @ParameterizedTest
  @MethodSource("others")
  void ofTheseNobodyKnows(Throwable error) {
    assertThat(classifier.classify(error)).isEqualTo(Verdict.unknown());
  }

  /** The names are those of sun.security.ssl.Alert, which spells them into its messages. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "handshake_failure",
        "protocol_version",
        "insufficient_security",
        "inappropriate_fallback",
        "bad_certificate",
        "bad_certificate_status_response",
        "unsupported_certificate",
        "certificate_revoked",
        "certificate_expired",
        "certificate_unknown",
        "certificate_unobtainable",
        "certificate_required",
        "unknown_ca",
        "access_denied",
        "illegal_parameter",
        "missing_extension",
        "unsupported_extension",
        "unrecognized_name",
        "unknown_psk_identity",
        "no_application_protocol"
      })
  void alertsAboutWhatBothSidesWantStay(String alert) {
    assertThat(classifier.classify(new SSLHandshakeException("Received fatal alert: " + alert)))
        .isEqualTo(Verdict.permanent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "internal_error",
        "user_canceled",
        "bad_record_mac",
        "decrypt_error",
        "close_notify"
      })
  void otherAlertsMayPass(String alert) {
    assertThat(classifier.classify(new SSLException("Received fatal alert: " + alert)))
        .isEqualTo(Verdict.transientError());
  }

  @Test
  void causesThatRunInACircleEnd() {
    Exception one = new Exception();
    Exception two = new IOException(one);
    one.initCause(two);

    assertThat(classifier.classify(one)).isEqualTo(Verdict.transientError());
  }

  @Test
  void theStandardClassifierSaysTheSame() {
    Classifier standard = Classifier.standard();
    Stream.of(passing(), lasting(), calledOff(), others())
        .flatMap(rows -> rows)
        .map(Named::getPayload)
        .forEach(
            error -> assertThat(standard.classify(error)).isEqualTo(classifier.classify(error)));
  }

  private static Named<Throwable> row(Throwable error) {
    Throwable cause = error.getCause();
    String name = error.getClass().getSimpleName() + " " + error.getMessage();
    return named(cause == null ? name : name + " by " + cause.getClass().getSimpleName(), error);
  }
}
