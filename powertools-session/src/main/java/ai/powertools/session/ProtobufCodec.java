package ai.powertools.session;

import java.lang.reflect.Type;

/**
 * Generated messages of Protocol Buffers. The parser is that of the class that is asked for; fields
 * that it does not know are kept in the message, and written again with it.
 *
 * <p>Needs {@code com.google.protobuf:protobuf-java}; without it, the first use throws {@link
 * CodecException}.
 */
public final class ProtobufCodec implements Codec {
  /** Its number in the records. */
  public static final byte ID = 3;

  private static final ProtobufCodec STANDARD = new ProtobufCodec();

  private ProtobufCodec() {}

  /** The codec. */
  public static ProtobufCodec standard() {
    return STANDARD;
  }

  @Override
  public byte id() {
    return ID;
  }

  @Override
  public String name() {
    return "Protobuf";
  }

  @Override
  public boolean accepts(Object value) {
    return Protobuf.accepts(value);
  }

  @Override
  public byte[] encode(Object value) {
    return Protobuf.encode(value);
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    return Protobuf.decode(bytes, type);
  }
}
