package ai.powertools.router.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A body, written by hand after the vendor's documentation, that nothing is wrong with. */
record GoodRequest(VendorRequest request, JsonNode body) {
  private static final Map<String, GoodRequest> ALL = read();

  static GoodRequest named(String name) {
    return Objects.requireNonNull(ALL.get(name), () -> "no good request is called " + name);
  }

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  private static Map<String, GoodRequest> read() {
    Map<String, GoodRequest> all = new LinkedHashMap<>();
    for (String vendor : List.of("openai", "ollama", "gemini", "anthropic")) {
      try (InputStream file = GoodRequest.class.getResourceAsStream(vendor + "-requests.json")) {
        for (JsonNode entry : new ObjectMapper().readTree(file)) {
          all.put(
              vendor + " " + entry.required("name").textValue(),
              new GoodRequest(
                  VendorRequest.valueOf(entry.required("request").textValue()),
                  entry.required("body")));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }
}
