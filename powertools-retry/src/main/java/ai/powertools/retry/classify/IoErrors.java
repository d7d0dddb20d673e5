package ai.powertools.retry.classify;

import static ai.powertools.retry.ErrorKind.CANCELLED;
import static ai.powertools.retry.ErrorKind.PERMANENT;
import static ai.powertools.retry.ErrorKind.TRANSIENT;

import ai.powertools.retry.Causes;
import ai.powertools.retry.Classifier;
import ai.powertools.retry.Verdict;
import java.io.CharConversionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectStreamException;
import java.io.UTFDataFormatException;
import java.io.UnsupportedEncodingException;
import java.net.HttpRetryException;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownServiceException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLProtocolException;

/**
 * A classifier for I/O and TLS: an {@code IOException} anywhere in the chain of causes is
 * transient, unless something in the chain says that it stays (a certificate, a missing file,
 * malformed data) or that somebody called it off.
 *
 * <p>Timeouts, refused and reset connections, hosts that cannot be found, streams that end early,
 * streams of HTTP/2 that were refused or told to go away, and handshakes that broke off without a
 * word about certificates may pass. An interrupt that surfaces as an {@code IOException} is
 * cancelled, and so is OkHttp's {@code Canceled}.
 *
 * <p>An {@code SQLException} is unknown whatever caused it: what it was about may have been
 * committed. {@link JdbcErrors} tells more.
 */
public final class IoErrors {
  /** The alerts of TLS (RFC 8446, section 6.2) that the same handshake will meet again. */
  private static final String LASTING_ALERTS =
      "(?i)received fatal alert: (?:handshake_failure|protocol_version|insufficient_security"
          + "|inappropriate_fallback|bad_certificate\\w*|unsupported_certificate"
          + "|certificate_\\w+|unknown_ca|access_denied|illegal_parameter|missing_extension"
          + "|unsupported_extension|unrecognized_name|unknown_psk_identity"
          + "|no_application_protocol)";

  /** The first row that fits anything in the chain decides. */
  private static final List<IoRow> ROWS =
      List.of(
          IoRow.of(CANCELLED, ClosedByInterruptException.class),
          IoRow.of(CANCELLED, FileLockInterruptionException.class),
          // Timeouts before what they cancel: OkHttp's "timeout" of a whole call is caused by its
          // "Canceled". Their type is a kind of InterruptedIOException, which else is an interrupt:
          // OkHttp says so, the JDK's pipes say nothing.
          IoRow.of(TRANSIENT, SocketTimeoutException.class),
          IoRow.of(TRANSIENT, InterruptedIOException.class, "(?i)time|deadline"),
          IoRow.of(CANCELLED, InterruptedIOException.class),
          IoRow.of(CANCELLED, IOException.class, "^Canceled$"),
          IoRow.of(PERMANENT, CertificateException.class),
          IoRow.of(PERMANENT, CertPathValidatorException.class),
          IoRow.of(PERMANENT, CertPathBuilderException.class),
          IoRow.of(PERMANENT, SSLPeerUnverifiedException.class),
          IoRow.of(PERMANENT, SSLKeyException.class),
          IoRow.of(PERMANENT, SSLProtocolException.class),
          IoRow.of(PERMANENT, SSLException.class, LASTING_ALERTS),
          IoRow.of(PERMANENT, SSLException.class, "(?i)no appropriate protocol|no cipher suites"),
          // The other side speaks plain HTTP.
          IoRow.of(PERMANENT, SSLException.class, "(?i)unrecognized SSL message"),
          IoRow.of(PERMANENT, FileNotFoundException.class), // HttpURLConnection's 404 too
          IoRow.of(PERMANENT, NoSuchFileException.class),
          IoRow.of(PERMANENT, AccessDeniedException.class),
          IoRow.of(PERMANENT, FileAlreadyExistsException.class),
          IoRow.of(PERMANENT, NotDirectoryException.class),
          IoRow.of(PERMANENT, DirectoryNotEmptyException.class),
          IoRow.of(PERMANENT, NotLinkException.class),
          IoRow.of(PERMANENT, FileSystemLoopException.class),
          IoRow.of(PERMANENT, AtomicMoveNotSupportedException.class),
          IoRow.of(PERMANENT, ReadOnlyFileSystemException.class),
          IoRow.of(PERMANENT, IOException.class, "(?i)no space left|read-only file system"),
          IoRow.of(PERMANENT, SocketException.class, "(?i)permission denied|not permitted"),
          IoRow.of(PERMANENT, MalformedURLException.class),
          IoRow.of(PERMANENT, UnknownServiceException.class),
          IoRow.of(PERMANENT, HttpRetryException.class),
          // OkHttp's word for a body that was cut short.
          IoRow.of(TRANSIENT, ProtocolException.class, "(?i)unexpected end of stream"),
          IoRow.of(PERMANENT, ProtocolException.class),
          IoRow.of(PERMANENT, IOException.class, "HTTP_1_1_REQUIRED|INADEQUATE_SECURITY"),
          IoRow.of(PERMANENT, CharacterCodingException.class),
          IoRow.of(PERMANENT, CharConversionException.class),
          IoRow.of(PERMANENT, UnsupportedEncodingException.class),
          IoRow.of(PERMANENT, UTFDataFormatException.class),
          IoRow.of(PERMANENT, ObjectStreamException.class),
          IoRow.of(PERMANENT, ZipException.class),
          IoRow.of(TRANSIENT, UnresolvedAddressException.class),
          IoRow.of(TRANSIENT, IOException.class));

  private IoErrors() {}

  /** The classifier; unknown for errors of other kinds. */
  public static Classifier classifier() {
    return IoErrors::classify;
  }

  private static Verdict classify(Throwable error) {
    List<Throwable> chain = Causes.of(error);
    for (Throwable cause : chain) {
      if (isSql(cause)) {
        return Verdict.unknown();
      }
    }
    // No streams: each failed attempt comes by here, and there are forty rows.
    for (IoRow row : ROWS) {
      for (Throwable cause : chain) {
        if (row.fits(cause)) {
          return row.verdict();
        }
      }
    }
    return Verdict.unknown();
  }

  /** By name, so that it works where the module java.sql is left out. */
  private static boolean isSql(Throwable error) {
    for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals("java.sql.SQLException")) {
        return true;
      }
    }
    return false;
  }
}
