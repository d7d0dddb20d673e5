package ai.powertools.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Values as JSON text. The type of what is read is what the caller asks for, never one that the
 * data names; fields that the type does not know are passed over, so that an older program can read
 * what a newer one wrote.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  static String write(Object value, String where) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new SessionException(
          "Could not write "
              + where
              + " as JSON: "
              + e.getOriginalMessage()
              + ". Give a record, bean, collection or JsonNode whose parts are the same.",
          e);
    }
  }

  static <T> T read(String json, Class<T> type, String where) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      // The parser's own message may quote the value.
      e.clearLocation();
      throw new SessionException(
          "Could not read "
              + where
              + " as "
              + type.getName()
              + ": it was written as something else. Ask for the type it was written as,"
              + " or for JsonNode to look at it.",
          e);
    }
  }
}
