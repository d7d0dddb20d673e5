package ai.powertools.cost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which calls a budget is for: those with certain attributes, all together or each value of others
 * on its own. Immutable.
 *
 * @param where the attributes that a call must have
 * @param each the names of attributes; every combination of their values has a budget of its own
 */
public record Scope(SortedMap<String, String> where, List<String> each) {
  /** All calls together. */
  public static final Scope ALL = new Scope(new TreeMap<>(), List.of());

  /** Between the values of a share; no value contains it. */
  private static final String BETWEEN = "\n";

  /**
   * Copies both, each name once.
   *
   * @throws IllegalArgumentException if a name or value can't be that of an attribute, see {@link
   *     Attributes#with}
   */
  public Scope {
    where.forEach((name, value) -> Attributes.checkedValue(Attributes.checkedName(name), value));
    where = Collections.unmodifiableSortedMap(new TreeMap<>(where));
    each = each.stream().map(Attributes::checkedName).distinct().toList();
  }

  Scope with(String name, String value) {
    TreeMap<String, String> more = new TreeMap<>(where);
    more.put(name, value);
    return new Scope(more, each);
  }

  Scope forEach(String... names) {
    List<String> more = new ArrayList<>(each);
    more.addAll(List.of(names));
    return new Scope(where, more);
  }

  /**
   * The share of the budget that a call with these attributes belongs to; empty when the budget is
   * not for it. Calls without one of the attributes are a share of their own.
   */
  Optional<String> shareOf(Attributes attributes) {
    for (Map.Entry<String, String> wanted : where.entrySet()) {
      if (!attributes.orBlank(wanted.getKey()).equals(wanted.getValue())) {
        return Optional.empty();
      }
    }
    return switch (each.size()) {
      case 0 -> Optional.of("");
      case 1 -> Optional.of(attributes.orBlank(each.get(0)));
      default -> Optional.of(String.join(BETWEEN, each.stream().map(attributes::orBlank).toList()));
    };
  }

  /** Whether the attribute decides anything. */
  boolean mentions(String attribute) {
    return where.containsKey(attribute) || each.contains(attribute);
  }

  /** A share for people, as in {@code user=ada}; blank where all calls share the budget. */
  String describe(String share) {
    if (each.isEmpty()) {
      return "";
    }
    String[] values = share.split(BETWEEN, -1);
    List<String> named = new ArrayList<>();
    for (int i = 0; i < each.size(); i++) {
      named.add(values[i].isEmpty() ? "no " + each.get(i) : each.get(i) + "=" + values[i]);
    }
    return String.join(" ", named);
  }

  /** As in {@code team=search, each user}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    where.forEach((name, value) -> parts.add(name + "=" + value));
    if (!each.isEmpty()) {
      parts.add("each " + String.join(" and ", each));
    }
    return parts.isEmpty() ? "all calls" : String.join(", ", parts);
  }
}
