package ai.powertools.retry.classify;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response that is no answer, as a client's exception or its response object tells it.
 * Immutable. Headers and body may hold secrets, so {@link #toString()} shows neither.
 */
public final class HttpFailure {
  private final int status;
  private final Map<String, String> headers;
  private final String body;

  private HttpFailure(int status, Map<String, String> headers, String body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * A failure by its parts.
   *
   * @param status the HTTP status, as in 429; a number outside 100 to 599 is taken for one that
   *     nobody knows
   * @param headers by name, in any case; of several values of one name the first counts, and of
   *     names that differ in case only, the first that has a value
   * @param body the text of the body, empty if there was none
   */
  public static HttpFailure of(int status, Map<String, List<String>> headers, String body) {
    Map<String, String> first = new TreeMap<>();
    headers.forEach((name, values) -> keep(first, name, values));
    return new HttpFailure(status, first, body);
  }

  /** A failure without headers. */
  public static HttpFailure of(int status, String body) {
    return of(status, Map.of(), body);
  }

  /** The response of the JDK's client, whose body may be missing. */
  public static HttpFailure of(HttpResponse<String> response) {
    @Nullable String body = response.body();
    return of(response.statusCode(), response.headers().map(), body == null ? "" : body);
  }

  /** HttpURLConnection has the status line under the name null. */
  private static void keep(
      Map<String, String> first, @Nullable String name, @Nullable List<String> values) {
    if (name != null && values != null) {
      values.stream()
          .filter(value -> value != null)
          .findFirst()
          .ifPresent(value -> first.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    }
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(value(name));
  }

  @Nullable String value(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The names of the headers, in lower case. */
  public List<String> headerNames() {
    return new ArrayList<>(headers.keySet());
  }

  /** The text of the body; empty if there was none. */
  public String body() {
    return body;
  }

  /**
   * The status and the size of the rest, as in {@code HTTP 429, 7 headers, body of 212 characters}.
   */
  @Override
  public String toString() {
    return "HTTP %d, %d headers, body of %d characters"
        .formatted(status, headers.size(), body.length());
  }
}
