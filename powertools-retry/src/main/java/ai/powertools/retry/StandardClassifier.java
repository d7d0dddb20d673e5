package ai.powertools.retry;

import ai.powertools.core.PowerToolsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/** See {@link Classifier#standard()}. */
enum StandardClassifier implements Classifier {
  INSTANCE;

  /** What stays as it is until somebody changes something. */
  private static final List<Class<? extends Throwable>> LASTING =
      List.of(
          CertificateException.class,
          SSLPeerUnverifiedException.class,
          // HttpURLConnection says "404" this way.
          FileNotFoundException.class,
          NoSuchFileException.class,
          AccessDeniedException.class,
          MalformedURLException.class,
          ClosedByInterruptException.class);

  @Override
  public Verdict classify(Throwable error) {
    List<Throwable> chain = Causes.of(error);
    for (Throwable cause : chain) {
      if (cause instanceof PowerToolsException own) {
        return answerOf(own);
      }
      if (Causes.isCancellation(cause)) {
        return Verdict.cancelled();
      }
    }
    if (chain.stream().anyMatch(StandardClassifier::lasts)) {
      return Verdict.permanent();
    }
    return chain.stream().anyMatch(IOException.class::isInstance)
        ? Verdict.transientError()
        : Verdict.unknown();
  }

  private static Verdict answerOf(PowerToolsException error) {
    if (!error.retryable()) {
      return Verdict.permanent();
    }
    return error
        .retryAfter()
        .map(wait -> Verdict.throttled(wait.isNegative() ? Duration.ZERO : wait))
        .orElse(Verdict.transientError());
  }

  private static boolean lasts(Throwable error) {
    return LASTING.stream().anyMatch(type -> type.isInstance(error));
  }
}
