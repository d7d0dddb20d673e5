package ai.powertools.session;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;
import java.util.Objects;

/**
 * Values as JSON text. The type of what is read is what the caller asks for, never one that the
 * data names; fields that the type does not know are passed over, so that an older program can read
 * what a newer one wrote.
 */
final class Json {
  /**
   * The last character before the halves of surrogate pairs. From there on characters are written
   * as escapes: half a pair, as in a stream that was cut, would not survive the way to the
   * database.
   */
  private static final int LAST_PLAIN = 0xD7FF;

  /** What was written must be readable: the limits of the parser are for foreign data. */
  private static final StreamReadConstraints OUR_OWN =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new JsonFactoryBuilder()
                  .highestNonEscapedChar(LAST_PLAIN)
                  .streamReadConstraints(OUR_OWN)
                  .build())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  static String write(Object value, String where) {
    try {
      return MAPPER.writeValueAsString(
          Objects.requireNonNull(value, () -> where + " can't be null; use remove()."));
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
      // The parser's own error would quote the value, so it is not even the cause.
      throw new SessionException(
          "Could not read "
              + where
              + " as "
              + type.getName()
              + ": it was written as something else"
              + place(e)
              + ". Ask for the type it was written as, or for JsonNode to look at it.",
          null);
    }
  }

  /** Which part of it, by the names of the fields of our types; keys of maps may be data. */
  private static String place(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping)) {
      return "";
    }
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : mapping.getPath()) {
      boolean field = part.getFieldName() != null && !(part.getFrom() instanceof Map);
      path.append(path.isEmpty() ? "" : ".").append(field ? part.getFieldName() : "?");
    }
    return path.isEmpty() ? "" : ", at " + path;
  }
}
