package ai.powertools.router;

/**
 * A name and type under which interceptors of one call leave things for each other. Compared by
 * identity, so two modules never meet by accident.
 *
 * @param <T> the type of what is left
 */
public final class Attribute<T> {
  private final String name;
  private final Class<T> type;

  private Attribute(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  /** A new attribute; keep it in a constant. */
  public static <T> Attribute<T> of(String name, Class<T> type) {
    return new Attribute<>(name, type);
  }

  T cast(Object value) {
    return type.cast(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
