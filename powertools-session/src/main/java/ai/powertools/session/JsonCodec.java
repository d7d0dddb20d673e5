package ai.powertools.session;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Values as JSON text, by Jackson: records, beans, collections, strings, numbers and {@code
 * JsonNode}. Instants and durations are ISO 8601; fields that a type does not know are passed over.
 *
 * <p>Any text comes back as it was, also with half a surrogate pair in it; keys of maps with one
 * are refused.
 *
 * <p>Classes that the data names are never loaded: default typing is off, a module that switches it
 * on is refused, and so is {@code @JsonTypeInfo} by class names; by {@code Id.NAME} it works.
 */
public final class JsonCodec implements Codec {
  /** Its number in the records. */
  public static final byte ID = 1;

  /**
   * The last character before the halves of surrogate pairs. From there on characters are written
   * as escapes: half a pair, as in a stream that was cut, would not survive the way to UTF-8.
   */
  private static final int LAST_PLAIN = 0xD7FF;

  private static final JsonCodec STANDARD = with();

  private final JacksonValues values;

  private JsonCodec(JacksonValues values) {
    this.values = values;
  }

  /** The codec that sessions use unless they are told otherwise. */
  public static JsonCodec standard() {
    return STANDARD;
  }

  /**
   * The same with modules of Jackson, for types of other languages and libraries.
   *
   * @throws IllegalArgumentException if one of them switches on default typing
   */
  public static JsonCodec with(Module... modules) {
    return new JsonCodec(
        JacksonValues.of(
            "JSON",
            new JsonMapper(
                new JsonFactoryBuilder()
                    .highestNonEscapedChar(LAST_PLAIN)
                    .streamReadConstraints(JacksonValues.OUR_OWN)
                    .addDecorator((factory, generator) -> new WholeNames(generator))
                    .build()),
            true,
            List.of(modules)));
  }

  @Override
  public byte id() {
    return ID;
  }

  @Override
  public String name() {
    return "JSON";
  }

  /**
   * What a value is to be written as so that the fields of a newer program survive: {@code after},
   * and in it the fields of {@code before} that are not known to the type, at any depth of objects.
   *
   * <p>What a type knows are the properties that Jackson finds for it, with aliases and those that
   * are ignored by name. Entries of a map are all known. Elements of a list get back what they had
   * where an element of the same known fields stood in the list before. Below a type that brings
   * its own serializer, or that has subtypes, nothing is added.
   *
   * @param before what is kept now
   * @param after what is about to replace it
   * @param type what {@code before} was read as
   * @throws CodecException if one of them is no JSON
   */
  public byte[] keepUnknown(byte[] before, byte[] after, Type type) {
    return values.keepUnknown(values.tree(before), after, type);
  }

  @Override
  public boolean accepts(Object value) {
    return !Protobuf.isMessage(value);
  }

  @Override
  public byte[] encode(Object value) {
    return values().encode(value);
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    return values().decode(bytes, type);
  }

  JacksonValues values() {
    return values;
  }
}
