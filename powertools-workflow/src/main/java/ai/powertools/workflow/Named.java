package ai.powertools.workflow;

import java.util.Map;
import java.util.TreeSet;

/** A value out of a map of mixed types, or an error that says what is there instead. */
final class Named {
  private Named() {}

  static <T> T value(String what, String name, Class<T> type, Map<String, Object> values) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "There is no %s \"%s\". There is: %s."
              .formatted(what, name, new TreeSet<>(values.keySet())));
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "The %s \"%s\" is of type %s, not %s."
              .formatted(what, name, value.getClass().getName(), type.getName()));
    }
    return type.cast(value);
  }
}
