package ai.powertools.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a backup says of itself, as JSON.
 *
 * @param id its own
 * @param parent the backup that it adds to, if it is an increment
 * @param takenAt when
 * @param place where the sessions lay
 */
record BackupHeader(String id, Optional<Parent> parent, Instant takenAt, String place) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /**
   * A backup that another adds to.
   *
   * @param id its id
   * @param sha256 its digest, in hexadecimal digits
   */
  record Parent(String id, String sha256) {}

  byte[] toByteArray() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", id);
    parent.ifPresent(
        one -> json.putObject("parent").put("id", one.id()).put("sha256", one.sha256()));
    json.put("taken_at", takenAt.toString()).put("place", place);
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts can be written.", e);
    }
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is not what was written
   */
  static BackupHeader of(byte[] bytes) {
    try {
      JsonNode json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
      JsonNode parent = json.path("parent");
      return new BackupHeader(
          text(json, "id"),
          parent.isMissingNode()
              ? Optional.empty()
              : Optional.of(new Parent(text(parent, "id"), text(parent, "sha256"))),
          Instant.parse(text(json, "taken_at")),
          text(json, "place"));
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("no header", e);
    }
  }

  private static String text(JsonNode json, String field) {
    JsonNode text = json.path(field);
    if (!text.isTextual()) {
      throw new IllegalArgumentException("no " + field);
    }
    return text.textValue();
  }
}
