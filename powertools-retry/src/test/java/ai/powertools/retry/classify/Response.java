package ai.powertools.retry.classify;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A response of the JDK's client that has no body. */
record Response(int statusCode, Map<String, List<String>> fields) implements HttpResponse<String> {
  @Override
  public HttpHeaders headers() {
    return HttpHeaders.of(fields, (name, value) -> true);
  }

  @Override
  public @Nullable String body() {
    return null;
  }

  @Override
  public HttpRequest request() {
    return HttpRequest.newBuilder(uri()).build();
  }

  @Override
  public Optional<HttpResponse<String>> previousResponse() {
    return Optional.empty();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return Optional.empty();
  }

  @Override
  public URI uri() {
    return URI.create("https://api.example.com/v1");
  }

  @Override
  public HttpClient.Version version() {
    return HttpClient.Version.HTTP_2;
  }
}
