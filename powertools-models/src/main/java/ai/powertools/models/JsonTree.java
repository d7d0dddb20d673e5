package ai.powertools.models;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds values in what {@link Json} has read; what is not there, or of another kind, is null. */
final class JsonTree {
  private JsonTree() {}

  static @Nullable Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : null;
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  /** The value at a path of names, with dots between them. */
  static @Nullable Object at(@Nullable Object value, String path) {
    if (path.isEmpty()) {
      return value;
    }
    Object found = value;
    for (String name : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  static Optional<String> text(@Nullable Object value, String path) {
    return at(value, path) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  static Optional<BigDecimal> number(@Nullable Object value, String path) {
    return at(value, path) instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
  }
}
