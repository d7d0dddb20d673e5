package ai.powertools.session;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.function.Supplier;

/** The calls of codecs, with errors that say which value it was and nothing of what it holds. */
final class CodecCalls {
  private CodecCalls() {}

  static void check(Object value, Codec codec, Codecs codecs, String where) {
    Objects.requireNonNull(value, () -> where + " can't be null; use remove().");
    if (codecs.find(codec.id()).filter(known -> known.name().equals(codec.name())).isEmpty()) {
      throw new SessionException(
          "Could not write "
              + where
              + ": codec \""
              + codec.name()
              + "\" is not registered, so it could not be read again. Register it.",
          null);
    }
    if (!codec.accepts(value)) {
      throw new SessionException(
          "Could not write "
              + where
              + " as "
              + codec.name()
              + ": it is a "
              + value.getClass().getName()
              + ". Give what that codec takes, or "
              + codecs.othersFor(value)
              + "."
              + (value instanceof Serializable ? " " + Codecs.NO_SERIALIZATION : ""),
          null);
    }
  }

  static byte[] encode(Object value, Codec codec, String where) {
    String failed = "Could not write " + where + " as " + codec.name() + ": ";
    try {
      return codec.encode(value);
    } catch (CodecException e) {
      throw new SessionException(failed + e.reason(), null);
    } catch (RuntimeException e) {
      throw new SessionException(failed + threw(e), null);
    }
  }

  static Object reading(String where, Type type, Codec codec, Supplier<Object> work) {
    try {
      return work.get();
    } catch (CodecException e) {
      throw unreadable(where, type, e.reason());
    } catch (RuntimeException e) {
      throw unreadable(where, type, codec.name() + ": " + threw(e));
    }
  }

  static SessionException unreadable(String where, Type type, String reason) {
    return new SessionException(
        "Could not read " + where + " as " + type.getTypeName() + ": " + reason, null);
  }

  /** Its message may quote the value, so it is not even the cause. */
  private static String threw(RuntimeException e) {
    return "its codec threw " + e.getClass().getName() + ". Mend the codec.";
  }
}
