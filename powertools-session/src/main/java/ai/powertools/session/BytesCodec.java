package ai.powertools.session;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;

/** Bytes as they are: {@code byte[]} and {@link ByteBuffer}, of which what remains is written. */
public final class BytesCodec implements Codec {
  /** Its number in the records. */
  public static final byte ID = 4;

  private static final BytesCodec STANDARD = new BytesCodec();

  private BytesCodec() {}

  /** The codec. */
  public static BytesCodec standard() {
    return STANDARD;
  }

  @Override
  public byte id() {
    return ID;
  }

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public boolean accepts(Object value) {
    return value instanceof byte[] || value instanceof ByteBuffer;
  }

  @Override
  public byte[] encode(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    throw new CodecException("it is a " + value.getClass().getName() + ". Give bytes.");
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    if (type == byte[].class) {
      return bytes.clone();
    }
    if (type == ByteBuffer.class) {
      return ByteBuffer.wrap(bytes.clone());
    }
    throw new CodecException("it was written as bytes. Ask for byte[] or ByteBuffer.");
  }
}
