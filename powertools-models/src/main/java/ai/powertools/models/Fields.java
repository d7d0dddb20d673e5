package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each asked for by name and kind; what is wrong is refused with the
 * place where it stands. Not thread-safe.
 */
final class Fields {
  private static final int MAX_SHOWN = 100;

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

  /** The objects of a list. */
  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Object element : list(name)) {
      if (!(element instanceof Map<?, ?> map)) {
        throw refused(name, "must be a list of objects");
      }
      objects.add(new Fields(place, path + name + "[" + objects.size() + "].", map));
    }
    return objects;
  }

  /** The names of all fields, in their order. */
  List<String> names() {
    return values.keySet().stream().map(String::valueOf).toList();
  }

  Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** Whether it is true; false when it is not there. */
  boolean flag(String name) {
    if (!has(name)) {
      return false;
    }
    if (find(name) instanceof Boolean flag) {
      return flag;
    }
    throw refused(name, "must be true or false");
  }

  LocalDate date(String name) {
    String text = text(name);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw refused(name, text, "must be a date such as 2026-08-01", e);
    }
  }

  URI address(String name) {
    String text = text(name);
    try {
      URI uri = new URI(text);
      if ("https".equals(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw refused(name, text, "must be an https address", e);
    }
    throw refused(name, "must be an https address");
  }

  /** The constants that a list names in lower case; empty when it is not there. */
  <E extends Enum<E>> Optional<Set<E>> choices(String name, Class<E> type) {
    if (!has(name)) {
      return Optional.empty();
    }
    Set<E> chosen = EnumSet.noneOf(type);
    for (String text : texts(name)) {
      chosen.add(
          List.of(type.getEnumConstants()).stream()
              .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
              .findFirst()
              .orElseThrow(
                  () -> refused(name, text, "must be names that models.schema.json lists", null)));
    }
    return Optional.of(chosen);
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
        : refused(name, shortened(String.valueOf(value)), why, null);
  }

  ConfigurationException refused(String name, String value, String why, @Nullable Throwable cause) {
    return new ConfigurationException(
        "%s: %s%s %s, not \"%s\".".formatted(place, path, name, why, value), cause);
  }

  private static String shortened(String value) {
    return value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
  }

  private @Nullable Object find(String name) {
    asked.add(name);
    return values.get(name);
  }
}
