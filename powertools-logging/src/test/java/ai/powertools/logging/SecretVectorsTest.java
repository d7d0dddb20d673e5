package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The test lines of gitleaks' own rules (MIT), for the vendors whose keys we say we know. */
class SecretVectorsTest {
  private static final Set<String> KNOWN =
      Set.of(
          "openai-api-key",
          "anthropic-api-key",
          "anthropic-admin-api-key",
          "gcp-api-key",
          "github-pat",
          "github-oauth",
          "github-app-token",
          "github-refresh-token",
          "github-fine-grained-pat",
          "gitlab-pat",
          "huggingface-access-token",
          "aws-access-token",
          "slack-bot-token",
          "slack-user-token",
          "slack-app-token",
          "slack-legacy-token",
          "perplexity-api-key",
          "private-key");

  @Test
  void findsTheSecretInEveryLineOfTheKindsThatAreKnown() throws Exception {
    String data = System.getenv("POWERTOOLS_DATA");
    assumeTrue(data != null, "POWERTOOLS_DATA is not set");
    List<String> missed = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    int found = 0;
    for (JsonNode vector : read(Path.of(data, "security", "secret-vectors.jsonl.gz"))) {
      String text = vector.get("text").asText();
      String redacted = Redactor.standard().redact(text);
      boolean secret = vector.get("expect").asInt() == 1;
      if (!Redactor.standard().redact(redacted).equals(redacted)) {
        changed.add(text);
      }
      if (secret && KNOWN.contains(vector.get("rule").asText())) {
        found++;
        if (redacted.equals(text)) {
          missed.add(vector.get("rule").asText() + ": " + text);
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(changed).as("changed by redacting again").isEmpty();
    assertThat(found).isGreaterThan(500);
  }

  private static List<JsonNode> read(Path file) throws Exception {
    JsonMapper mapper = JsonMapper.builder().build();
    List<JsonNode> vectors = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        vectors.add(mapper.readTree(line));
      }
    }
    return vectors;
  }
}
