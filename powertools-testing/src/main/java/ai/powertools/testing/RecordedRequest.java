package ai.powertools.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request as the {@link ProviderSimulator} received it.
 *
 * <p>The headers hold the key that the client sent, so that a test can check it; {@link
 * #toString()} leaves it out, so that no log has it.
 *
 * @param method as in {@code "POST"}
 * @param path without the query, as in {@code "/v1/chat/completions"}
 * @param headers by name in lower case; several of one name are joined by commas
 * @param body the JSON; a text node with the raw text if it is none, a missing node if it is empty
 */
public record RecordedRequest(
    String method, String path, Map<String, String> headers, JsonNode body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> SECRETS =
      Set.of("authorization", "proxy-authorization", "api-key", "x-api-key", "cookie");

  /** A request with a copy of these headers. */
  public RecordedRequest {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  static RecordedRequest of(HttpConnection.Request request) {
    return new RecordedRequest(
        request.method(), request.path(), request.headers(), parse(request.body()));
  }

  private static JsonNode parse(String text) {
    if (text.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  /** The value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The request without what must not be seen in it. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(headers);
    shown.replaceAll((name, value) -> SECRETS.contains(name) ? "(not shown)" : value);
    return method + " " + path + " " + shown + " " + body;
  }
}
