package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each asked for by name and kind; what is wrong is refused with the
 * place where it stands. Not thread-safe.
 */
final class Fields {
  private final String place;
  private final String path;
  private final Map<?, ?> values;
  private final Set<String> asked = new HashSet<>();

  private Fields(String place, String path, Map<?, ?> values) {
    this.place = place;
    this.path = path;
    this.values = values;
  }

  /**
   * @param place the file and the row, for messages
   * @param value what should be an object
   */
  static Fields of(String place, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new ConfigurationException(place + " must be a JSON object.");
    }
    return new Fields(place, "", map);
  }

  /** The same fields under a better name of the place, once it is known. */
  Fields at(String better) {
    Fields same = new Fields(better, path, values);
    same.asked.addAll(asked);
    return same;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    if (find(name) instanceof String text) {
      return text;
    }
    throw refused(name, has(name) ? "must be a string" : "is missing");
  }

  long wholeNumber(String name) {
    if (find(name) instanceof BigDecimal number) {
      try {
        return number.longValueExact();
      } catch (ArithmeticException e) {
        throw refused(name, number.toString(), "must be a whole number", e);
      }
    }
    throw refused(name, has(name) ? "must be a number" : "is missing");
  }

  List<String> texts(String name) {
    if (!has(name)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object element : list(name)) {
      if (!(element instanceof String text)) {
        throw refused(name, "must be a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  List<?> list(String name) {
    if (find(name) instanceof List<?> list) {
      return list;
    }
    throw refused(name, "must be a list");
  }

  Optional<Fields> object(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (find(name) instanceof Map<?, ?> map) {
      return Optional.of(new Fields(place, path + name + ".", map));
    }
    throw refused(name, "must be an object");
  }

  /** To be called last: a field that nobody asked for is a misspelling more often than not. */
  void refuseOthers() {
    for (Object name : values.keySet()) {
      if (!asked.contains(name)) {
        throw new ConfigurationException(
            "%s: there is no field %s%s. See models.schema.json.".formatted(place, path, name));
      }
    }
  }

  ConfigurationException refused(String name, String why) {
    Object value = values.get(name);
    return value == null
        ? new ConfigurationException("%s: %s%s %s.".formatted(place, path, name, why))
        : refused(name, String.valueOf(value), why, null);
  }

  ConfigurationException refused(String name, String value, String why, @Nullable Throwable cause) {
    return new ConfigurationException(
        "%s: %s%s %s, not \"%s\".".formatted(place, path, name, why, value), cause);
  }

  private @Nullable Object find(String name) {
    asked.add(name);
    return values.get(name);
  }
}
