package ai.powertools.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;

/**
 * Values by Jackson, in the format of a mapper. The type of what is read is what the caller asks
 * for, never one that the data names; fields that the type does not know are passed over, so that
 * an older program can read what a newer one wrote.
 */
final class JacksonValues {
  /** What was written must be readable: the limits of the parser are for foreign data. */
  static final StreamReadConstraints OUR_OWN =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build();

  private static final String OTHERWISE =
      ". Ask for the type it was written as, or for JsonNode to look at it.";

  private final String name;
  private final ObjectMapper mapper;
  private final ObjectReader trees;
  private final UnknownFields unknown;

  private JacksonValues(String name, ObjectMapper mapper, boolean decimals) {
    this.name = name;
    this.mapper = mapper;
    ObjectReader reader =
        mapper.readerFor(JsonNode.class).without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    // Text does not say whether a number is to be a double; a tree must not decide it.
    this.trees = decimals ? reader.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) : reader;
    this.unknown = new UnknownFields(mapper);
  }

  /**
   * With a fresh mapper, which is set up here.
   *
   * @param decimals whether the format has one kind of fractions, as text has
   * @throws IllegalArgumentException if a module switches on default typing
   */
  static JacksonValues of(
      String name, ObjectMapper mapper, boolean decimals, Collection<Module> modules) {
    mapper
        .registerModule(new JavaTimeModule())
        .registerModules(modules)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        // Allows no class at all to be named by the data.
        .setPolymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build());
    JavaType anything = mapper.constructType(Object.class);
    if (mapper.getDeserializationConfig().getDefaultTyper(anything) != null
        || mapper.getSerializationConfig().getDefaultTyper(anything) != null) {
      throw new IllegalArgumentException(
          "A module switches on default typing, by which data names the classes to load."
              + " Leave it off: types come from who asks for a value.");
    }
    return new JacksonValues(name, mapper, decimals);
  }

  static boolean isUsedBy(Codec codec) {
    return codec instanceof JsonCodec || codec instanceof CborCodec;
  }

  /**
   * Those of a codec that uses them.
   *
   * @throws CodecException if its library is absent
   */
  static JacksonValues of(Codec codec) {
    return codec instanceof CborCodec cbor ? cbor.values() : ((JsonCodec) codec).values();
  }

  byte[] encode(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      String reason =
          safe(e) + ". Give a record, bean, collection or JsonNode whose parts are the same.";
      if (e instanceof InvalidDefinitionException && value instanceof Serializable) {
        reason += " " + Codecs.NO_SERIALIZATION;
      }
      throw new CodecException(reason);
    }
  }

  Object decode(byte[] bytes, Type type) {
    try {
      return present(mapper.readValue(bytes, mapper.constructType(type)));
    } catch (IOException e) {
      throw otherwise(e);
    }
  }

  /** The fields as they were written. */
  JsonNode tree(byte[] bytes) {
    try {
      return trees.readTree(bytes);
    } catch (IOException e) {
      throw otherwise(e);
    }
  }

  /**
   * What {@link #decode} gives, from a tree; the way over bytes gives the same kinds of numbers.
   */
  Object bind(JsonNode tree, Type type) {
    return decode(encode(tree), type);
  }

  /** What is written, with the fields of the tree that the type does not know. */
  byte[] keepUnknown(JsonNode before, byte[] after, Type type) {
    return encode(unknown.keep(before, tree(after), type));
  }

  private Object present(Object value) {
    if (value == null) {
      throw new CodecException("it was written as null" + OTHERWISE);
    }
    return value;
  }

  /** The parser's own error would quote the value, so it is not even the cause. */
  private static CodecException otherwise(IOException e) {
    return new CodecException("it was written as something else" + place(e, ", at ") + OTHERWISE);
  }

  /** Jackson's words where they speak of types or limits only; others could quote the value. */
  private String safe(JsonProcessingException e) {
    Throwable reason = e;
    while (reason != null) {
      if (reason instanceof InvalidDefinitionException
          || reason instanceof StreamConstraintsException) {
        return ((JsonProcessingException) reason).getOriginalMessage();
      }
      reason = reason.getCause();
    }
    Throwable cause = e.getCause();
    return cause == null || cause instanceof JsonProcessingException
        ? "a part of it can't be written as " + name + place(e, ", at ")
        : "its own code threw " + cause.getClass().getName() + place(e, ", at ");
  }

  /** Which part of it, by the names of the fields of our types; keys of maps may be data. */
  private static String place(IOException e, String before) {
    if (!(e instanceof JsonMappingException mapping)) {
      return "";
    }
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : mapping.getPath()) {
      boolean field = part.getFieldName() != null && !(part.getFrom() instanceof Map);
      path.append(path.isEmpty() ? "" : ".").append(field ? part.getFieldName() : "?");
    }
    return path.isEmpty() ? "" : before + path;
  }
}
