package ai.powertools.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request as the {@link ProviderSimulator} received it.
 *
 * <p>The headers hold the key that the client sent, so that a test can check it; {@link
 * #toString()} leaves it out, so that no log has it.
 *
 * @param method as in {@code "POST"}
 * @param path without the query, as in {@code "/v1/chat/completions"}
 * @param query what stands behind the question mark, as it was sent; empty if nothing does
 * @param headers by name in lower case; several of one name are joined by commas
 * @param body the JSON; a text node with the raw text if it is none, a missing node if it is empty
 */
public record RecordedRequest(
    String method, String path, String query, Map<String, String> headers, JsonNode body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> SECRETS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "api-key",
          "x-api-key",
          "x-goog-api-key",
          "cookie");
  private static final Pattern KEY = Pattern.compile("(^|&)((?:api-?)?key|access_token)=[^&]*");

  /** A request with a copy of these headers. */
  public RecordedRequest {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** A request without a query. */
  public RecordedRequest(String method, String path, Map<String, String> headers, JsonNode body) {
    this(method, path, "", headers, body);
  }

  static RecordedRequest of(HttpConnection.Request request) {
    return new RecordedRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers(),
        parse(request.body()));
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

  /** The first value of a parameter in the query, decoded. */
  public Optional<String> queryParameter(String name) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> decode(pair[0]).equals(name))
        .map(pair -> pair.length < 2 ? "" : decode(pair[1]))
        .findFirst();
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded; // a stray percent sign: what it says is what it is
    }
  }

  /** The request without what must not be seen in it. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(headers);
    shown.replaceAll((name, value) -> SECRETS.contains(name) ? "(not shown)" : value);
    String asked = query.isEmpty() ? "" : "?" + KEY.matcher(query).replaceAll("$1$2=(not shown)");
    return method + " " + path + asked + " " + shown + " " + body;
  }
}
