package ai.powertools.session;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.lang.reflect.Type;

/** Whether the library of generated messages is there, and what is done with it if it is. */
final class Protobuf {
  private static final Library LIBRARY =
      new Library("com.google.protobuf.MessageLite", "com.google.protobuf:protobuf-java");
  private static final boolean PRESENT = LIBRARY.isPresent();

  private Protobuf() {}

  static boolean isMessage(Object value) {
    return PRESENT && Messages.isMessage(value);
  }

  /** Without the library everything, so that {@link #encode} says what is missing. */
  static boolean accepts(Object value) {
    return !PRESENT || Messages.isMessage(value);
  }

  static byte[] encode(Object value) {
    LIBRARY.require();
    if (!isMessage(value)) {
      throw new CodecException(
          "it is a " + value.getClass().getName() + ". Give a generated message.");
    }
    return Messages.encode(value);
  }

  static Object decode(byte[] bytes, Type type) {
    LIBRARY.require();
    return Messages.decode(bytes, type);
  }

  /** Apart, since it can only be loaded where the library is. */
  private static final class Messages {
    private Messages() {}

    static boolean isMessage(Object value) {
      return value instanceof MessageLite;
    }

    static byte[] encode(Object value) {
      return ((MessageLite) value).toByteArray();
    }

    static Object decode(byte[] bytes, Type type) {
      Parser<?> parser = parser(type);
      try {
        return parser.parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        throw new CodecException(
            "it was written as something else. Ask for the message it was written as.");
      }
    }

    private static Parser<?> parser(Type type) {
      if (type instanceof Class<?> message && MessageLite.class.isAssignableFrom(message)) {
        try {
          return (Parser<?>) message.getMethod("parser").invoke(null);
        } catch (ReflectiveOperationException e) {
          throw new CodecException("it has no public parser(). Ask for a generated message.");
        }
      }
      throw new CodecException(
          "it was written as a message of Protocol Buffers. Ask for the generated class.");
    }
  }
}
