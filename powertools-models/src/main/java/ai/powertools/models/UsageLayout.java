package ai.powertools.models;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a vendor's API puts its numbers, and what they count. Several numbers of one unit are
 * added. Immutable.
 */
final class UsageLayout {
  private final String name;
  private final List<String> roots;
  private final String model;
  private final List<Count> counts;

  private UsageLayout(String name, List<String> roots, String model, List<Count> counts) {
    this.name = name;
    this.roots = roots;
    this.model = model;
    this.counts = counts;
  }

  /**
   * @param name of the API, for messages
   * @param roots the paths at which the numbers may be, the first that is there counts
   */
  static UsageLayout at(String name, String... roots) {
    return new UsageLayout(name, List.of(roots), "model", List.of());
  }

  UsageLayout modelAt(String path) {
    return new UsageLayout(name, roots, path, counts);
  }

  /** Without this number, there is no usage. */
  UsageLayout must(String path, Unit... units) {
    return with(path, true, units);
  }

  UsageLayout may(String path, Unit... units) {
    return with(path, false, units);
  }

  /** A list of {@code {"modality": …, "tokenCount": …}}, as Gemini has them. */
  UsageLayout byModality(String list, Map<String, Unit> units) {
    UsageLayout layout = this;
    for (Map.Entry<String, Unit> entry : units.entrySet()) {
      layout = layout.may(list + "[" + entry.getKey() + "]", entry.getValue());
    }
    return layout;
  }

  String name() {
    return name;
  }

  String modelPath() {
    return model;
  }

  List<String> roots() {
    return roots;
  }

  /** The object that has the numbers; null when there is none. */
  @Nullable Map<?, ?> rootOf(@Nullable Object body) {
    for (String root : roots) {
      Map<?, ?> found = JsonTree.object(JsonTree.at(body, root));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * The numbers of a response.
   *
   * @throws UnreadableUsageException if one is missing that must be there, or is none
   */
  Map<Unit, Long> read(@Nullable Object body) {
    Map<?, ?> root = rootOf(body);
    if (root == null) {
      throw new UnreadableUsageException(
          "This is no response of %s, or it has no usage: there is no object at %s."
              .formatted(name, String.join(" or ", roots)));
    }
    Map<Unit, Long> quantities = new EnumMap<>(Unit.class);
    boolean any = false;
    for (Count count : counts) {
      Object value = count.find(root);
      if (value instanceof BigDecimal number) {
        long quantity = whole(count, number);
        any = true;
        for (Unit unit : count.units()) {
          quantities.merge(unit, quantity, Math::addExact);
        }
      } else if (count.required()) {
        throw new UnreadableUsageException(
            "The usage of this response of %s has no number at %s.".formatted(name, count.path()));
      }
    }
    if (!any) {
      throw new UnreadableUsageException(
          "The usage of this response of %s has none of its numbers; there are %s."
              .formatted(name, root.keySet()));
    }
    return quantities;
  }

  private long whole(Count count, BigDecimal number) {
    try {
      long quantity = number.longValueExact();
      if (quantity >= 0) {
        return quantity;
      }
    } catch (ArithmeticException e) {
      throw new UnreadableUsageException(
          "The usage of this response of %s has %s at %s, which is not a whole number."
              .formatted(name, number, count.path()),
          e);
    }
    throw new UnreadableUsageException(
        "The usage of this response of %s has %s at %s, which is below zero."
            .formatted(name, number, count.path()));
  }

  private UsageLayout with(String path, boolean required, Unit... units) {
    List<Count> more = new ArrayList<>(counts);
    more.add(new Count(path, required, List.of(units)));
    return new UsageLayout(name, roots, model, List.copyOf(more));
  }

  /**
   * A number.
   *
   * @param path names with dots between them; {@code |} between paths of which the first that is
   *     there counts; {@code list[X]} for the {@code tokenCount} of the list's element of modality
   *     {@code X}
   */
  private record Count(String path, boolean required, List<Unit> units) {
    @Nullable Object find(Map<?, ?> root) {
      for (String way : path.split("\\|", -1)) {
        int bracket = way.indexOf('[');
        Object value =
            bracket < 0
                ? JsonTree.at(root, way)
                : ofModality(
                    JsonTree.list(root.get(way.substring(0, bracket))),
                    way.substring(bracket + 1, way.length() - 1));
        if (value instanceof BigDecimal) {
          return value;
        }
      }
      return null;
    }

    private static @Nullable Object ofModality(List<?> list, String modality) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> map && modality.equals(map.get("modality"))) {
          return map.get("tokenCount");
        }
      }
      return null;
    }
  }
}
