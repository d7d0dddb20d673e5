package ai.powertools.router.providers;

import ai.powertools.core.headers.RetryAfter;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import ai.powertools.router.RateLimits;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * One request over HTTP and the answer to it, on the caller's thread, within the call's deadline.
 * Every way in which it can break comes out as a {@link ProviderException}. Closing it before the
 * answer has been read hangs up.
 */
final class Exchange implements AutoCloseable {
  /** Far above the longest answer of any model; a body without end must not fill the memory. */
  private static final int LONGEST_BODY = 32 * 1024 * 1024;

  private static final int LONGEST_ERROR = 64 * 1024;
  private static final int BUFFER = 8 * 1024;

  private final Call call;
  private final InterruptibleCall interruptible;
  private final @Nullable JsonBody sent;
  private final Attempt attempt;
  private final Duration timeout;
  private @Nullable Response response;

  /** The answer was read as far as it is wanted; the connection may serve another. */
  private boolean done;

  private Exchange(Call call, @Nullable JsonBody sent, Attempt attempt, Duration timeout) {
    this.call = call;
    this.interruptible = new InterruptibleCall(call);
    this.sent = sent;
    this.attempt = attempt;
    this.timeout = timeout;
  }

  /**
   * Sends a request and waits for the head of a success.
   *
   * @throws ProviderException if it does not get there, or the status is none of success
   */
  static Exchange open(
      OkHttpClient client,
      Request request,
      @Nullable JsonBody body,
      Attempt attempt,
      Duration timeout) {
    Exchange exchange = new Exchange(client.newCall(request), body, attempt, timeout);
    try {
      exchange.begin();
      return exchange;
    } catch (RuntimeException e) {
      exchange.close();
      throw e;
    }
  }

  private void begin() {
    if (attempt.deadline().expired()) {
      throw attempt.failure(ErrorKind.TIMEOUT, "its deadline had passed before it began").build();
    }
    if (!attempt.deadline().isNever()) {
      call.timeout().timeout(attempt.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
    }
    try {
      response = interruptible.execute();
    } catch (IOException e) {
      throw broken(e);
    }
    if (!response.isSuccessful()) {
      throw refused(response);
    }
  }

  /** The vendor's name for the call. */
  Optional<String> requestId() {
    return header("x-request-id")
        .or(() -> header("request-id"))
        .or(() -> header("apim-request-id"));
  }

  /** What the headers say about limits. */
  RateLimits rateLimits() {
    Response head = response;
    return head == null
        ? RateLimits.NONE
        : RateLimitHeaders.read(head.headers().names(), head::header, attempt.time().instant());
  }

  /** Whether the body calls itself JSON, and no stream of it. */
  boolean isJson() {
    return header("Content-Type")
        .map(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
        .orElse(false);
  }

  /** Takes bytes as they arrive: the first {@code count} of them. */
  @FunctionalInterface
  interface Sink {
    void take(byte[] bytes, int count) throws IOException;
  }

  /**
   * Hands on the body as it arrives.
   *
   * @param enough asked before every read
   * @return how the connection broke; null if the body ended or is enough
   * @throws IOException what the sink throws
   */
  @Nullable IOException pump(Sink sink, BooleanSupplier enough) throws IOException {
    InputStream body = body().byteStream();
    byte[] buffer = new byte[BUFFER];
    while (!enough.getAsBoolean()) {
      int count;
      try {
        count = interruptible.read(body, buffer, 0);
      } catch (IOException e) {
        return e;
      }
      if (count < 0) {
        break;
      }
      sink.take(buffer, count);
    }
    done = true;
    return null;
  }

  /**
   * The whole body.
   *
   * @throws ProviderException if it breaks off, or does not end
   */
  Body readAll() {
    try {
      InputStream stream = body().byteStream();
      long announced = Math.min(body().contentLength(), LONGEST_BODY);
      // One more than is announced, so that its end shows without another array.
      byte[] bytes = new byte[announced > 0 ? (int) announced + 1 : BUFFER];
      int length = 0;
      int count = interruptible.read(stream, bytes, 0);
      while (count >= 0) {
        length += count;
        if (length > LONGEST_BODY) {
          throw failure(ErrorKind.MALFORMED_RESPONSE, "more than " + LONGEST_BODY + " bytes")
              .build();
        }
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, 2 * length);
        }
        count = interruptible.read(stream, bytes, length);
      }
      done = true;
      return new Body(bytes, length);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * A body.
   *
   * @param bytes which may be more than it has
   * @param length how many of them are the body
   */
  @SuppressWarnings("ArrayRecordComponent") // handed from here to a parser, and never compared
  record Body(byte[] bytes, int length) {
    /**
     * The JSON object that it is.
     *
     * @throws JsonProcessingException if it is anything else
     */
    JsonNode json() throws JsonProcessingException {
      return Json.parse(bytes, 0, length);
    }
  }

  /** An error of this call that is not one of HTTP. */
  ProviderException.Builder failure(ErrorKind kind, String why) {
    return attempt
        .failure(kind, why)
        .requestId(requestId())
        .rateLimits(rateLimits())
        .mayBeBilled(sent != null && sent.sent());
  }

  /** The error that the vendor put into an answer which began as a success. */
  ProviderException failure(VendorError error) {
    return failure(error.kind(), error.why()).retryAfter(error.retryAfter()).build();
  }

  /** Says that the end of the stream did not come. */
  ProviderException cut(@Nullable IOException broken) {
    return broken != null
        ? broken(broken)
        : failure(ErrorKind.NETWORK, "the stream ended before the answer did").build();
  }

  /** What a broken connection means. */
  ProviderException broken(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return failure(ErrorKind.CANCELLED, "the thread that waited was interrupted")
          .cause(e)
          .build();
    }
    boolean timedOut = e instanceof SocketTimeoutException;
    if (attempt.deadline().expired() || (e instanceof InterruptedIOException && !timedOut)) {
      return failure(ErrorKind.TIMEOUT, "its deadline passed").cause(e).build();
    }
    if (response == null && (sent == null || !sent.sent())) {
      return failure(ErrorKind.NETWORK, unreachable(e)).cause(e).build();
    }
    if (timedOut) {
      String why = "nothing came for " + timeout.toMillis() + " ms";
      return failure(ErrorKind.TIMEOUT, why).cause(e).build();
    }
    return failure(ErrorKind.NETWORK, "the connection was cut: " + words(e)).cause(e).build();
  }

  /** Hangs up if the answer was not read to its end. Harmless twice. */
  @Override
  public void close() {
    if (!done) {
      call.cancel(); // or OkHttp would read on for a while, to save the connection
    }
    if (response != null) {
      response.close();
    }
  }

  private ProviderException refused(Response refusal) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    readUpTo(LONGEST_ERROR, body); // if that breaks off, the status still says enough
    VendorError error = VendorError.ofResponse(refusal.code(), body.toByteArray());
    return failure(error.kind(), error.why())
        .status(refusal.code())
        .retryAfter(RetryAfter.of(refusal::header, attempt.time().instant()).or(error::retryAfter))
        .mayBeBilled(error.mayBeBilled())
        .build();
  }

  private @Nullable IOException readUpTo(int limit, ByteArrayOutputStream into) {
    try {
      IOException broken =
          pump((bytes, count) -> into.write(bytes, 0, count), () -> into.size() > limit);
      done &= into.size() <= limit;
      return broken;
    } catch (IOException e) {
      return e;
    }
  }

  private static String unreachable(IOException e) {
    if (e instanceof UnknownHostException) {
      return "the host is not known: " + words(e);
    }
    return (e instanceof SSLException ? "no secure connection: " : "no connection: ") + words(e);
  }

  private static String words(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private Optional<String> header(String name) {
    return Optional.ofNullable(response).map(head -> head.header(name));
  }

  private ResponseBody body() {
    if (response == null) {
      throw new IllegalStateException("There is no answer yet.");
    }
    return response.body();
  }
}
