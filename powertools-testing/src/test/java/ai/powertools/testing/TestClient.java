package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client that knows HTTP and nothing of providers. */
final class TestClient {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  TestClient(URI base) {
    this.base = base;
  }

  static String chat(String question) {
    return """
        {"model": "gpt-test", "messages": [
          {"role": "system", "content": "Be brief."},
          {"role": "user", "content": "%s"}]}"""
        .formatted(question);
  }

  static String streamed(String question) {
    return chat(question)
        .replaceFirst("\\{", "{\"stream\": true, \"stream_options\": {\"include_usage\": true}, ");
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(base + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer sk-of-the-test")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  HttpResponse<String> send(String path, String body) throws IOException, InterruptedException {
    return http.send(post(path, body), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> sendWith(String header, String value, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<java.io.InputStream> open(String path, String body)
      throws IOException, InterruptedException {
    return http.send(post(path, body), HttpResponse.BodyHandlers.ofInputStream());
  }

  CompletableFuture<HttpResponse<String>> begin(String path, String body) {
    return http.sendAsync(post(path, body), HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + text, e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  /** The data of server-sent events, in order. */
  static List<String> events(String body) {
    return body.lines()
        .filter(line -> !line.isEmpty())
        .map(line -> line.replaceFirst("^data: ", ""))
        .toList();
  }

  static String textOf(List<JsonNode> chunks) {
    StringBuilder text = new StringBuilder();
    for (JsonNode chunk : chunks) {
      text.append(chunk.at("/choices/0/delta/content").asText(""));
      text.append(chunk.at("/message/content").asText(""));
    }
    return text.toString();
  }
}
