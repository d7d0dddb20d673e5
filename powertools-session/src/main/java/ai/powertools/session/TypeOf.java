package ai.powertools.session;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its parameters, which a {@code Class} can't name: {@code new TypeOf<List<Message>>()
 * {}}. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeOf<T> {
  private final Type type;

  /** Takes the type from the subclass in whose place this is called. */
  protected TypeOf() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
      throw new IllegalStateException("Say which type: new TypeOf<List<String>>() {}");
    }
    this.type = parameterized.getActualTypeArguments()[0];
  }

  private TypeOf(Type type) {
    this.type = type;
  }

  /** The type of a class. */
  public static <T> TypeOf<T> of(Class<T> type) {
    return new Plain<>(type);
  }

  /** The type itself. */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }

  private static final class Plain<T> extends TypeOf<T> {
    private Plain(Class<T> type) {
      super(type);
    }
  }
}
