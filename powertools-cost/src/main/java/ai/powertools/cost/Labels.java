package ai.powertools.cost;

import ai.powertools.store.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sets of attributes by number, so that an entry keeps eight bytes instead of all of them. The text
 * has one line for each but the session, which is the entry's own, and the provider, which the
 * model tells.
 */
final class Labels {
  /** Beyond so many, all are forgotten and looked up again. */
  private static final int MOST_KNOWN = 50_000;

  private final Map<Attributes, Long> numbers = new ConcurrentHashMap<>();
  private final Map<Long, Attributes> known = new ConcurrentHashMap<>();

  /** Numbers that a transaction has given, and that hold once it is kept. */
  static final class Given {
    private final Map<Attributes, Long> numbers = new HashMap<>();
  }

  /** The number of a set, session or not. */
  long number(Sql sql, Attributes attributes, Given given) {
    Long known = numbers.get(attributes);
    if (known == null) {
      known = given.numbers.get(attributes);
    }
    if (known == null) {
      known = number(sql, text(attributes));
      given.numbers.put(attributes, known);
    }
    return known;
  }

  private static long number(Sql sql, String text) {
    String select = "SELECT id FROM cost_label WHERE text = ?";
    return sql.first(select, r -> r.longValue("id"), text)
        .orElseGet(
            () -> {
              sql.execute("INSERT INTO cost_label (text) VALUES (?)", text);
              return sql.first(select, r -> r.longValue("id"), text).orElseThrow();
            });
  }

  /** The transaction is kept. */
  void keep(Given given) {
    if (numbers.size() > MOST_KNOWN) {
      numbers.clear();
    }
    numbers.putAll(given.numbers);
  }

  /** The set of that number. */
  Attributes attributes(Sql sql, long number, Given given) {
    Attributes attributes = known.get(number);
    if (attributes == null) {
      attributes =
          sql.first(
                  "SELECT text FROM cost_label WHERE id = ?", r -> parse(r.string("text")), number)
              .orElseThrow();
      remember(number, attributes, given);
    }
    return attributes;
  }

  /** All that are there, for those who need many. */
  void learnAll(Sql sql, Given given) {
    record Label(long id, String text) {}
    List<Label> all =
        new ArrayList<>(
            sql.query(
                "SELECT id, text FROM cost_label",
                r -> new Label(r.longValue("id"), r.string("text"))));
    for (Label label : all) {
      if (!known.containsKey(label.id())) {
        remember(label.id(), parse(label.text()), given);
      }
    }
  }

  /** But not what this transaction has given: if it is lost, the number may go to others. */
  private void remember(long number, Attributes attributes, Given given) {
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    if (!given.numbers.containsValue(number)) {
      known.put(number, attributes);
    }
  }

  private static String text(Attributes attributes) {
    StringBuilder text = new StringBuilder();
    attributes
        .asMap()
        .forEach(
            (name, value) -> {
              if (!name.equals(Attributes.SESSION) && !name.equals(Attributes.PROVIDER)) {
                text.append(text.isEmpty() ? "" : "\n").append(name).append('=').append(value);
              }
            });
    return text.toString();
  }

  private static Attributes parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    String model = values.getOrDefault(Attributes.MODEL, "");
    if (model.indexOf('/') > 0) {
      values.put(Attributes.PROVIDER, model.substring(0, model.indexOf('/')));
    }
    return Attributes.kept(values);
  }
}
