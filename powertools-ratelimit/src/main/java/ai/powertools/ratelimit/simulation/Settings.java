package ai.powertools.ratelimit.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A text of {@code name=value} items with commas between them.
 *
 * @param what it is, for messages
 */
record Settings(String what, List<Item> items) {

  /** One item, without the blanks around its parts. */
  record Item(String name, String value) {}

  /**
   * Cuts the text into its items.
   *
   * @throws IllegalArgumentException if an item has no value
   */
  static Settings parse(String what, String text) {
    Settings settings = new Settings(what, new ArrayList<>());
    for (String item : text.split(",", -1)) {
      int sign = item.indexOf('=');
      if (sign < 0) {
        throw new IllegalArgumentException(
            "\"%s\" is no item of a %s: write name=value, with commas between the items."
                .formatted(item.strip(), what));
      }
      settings.items.add(
          new Item(item.substring(0, sign).strip(), item.substring(sign + 1).strip()));
    }
    return settings;
  }

  /**
   * Refuses items that are there twice.
   *
   * @throws IllegalArgumentException if there is one
   */
  Settings once() {
    Set<String> names = new HashSet<>();
    for (Item item : items) {
      if (!names.add(item.name())) {
        throw wrong(item, "it is there twice; remove one.");
      }
    }
    return this;
  }

  /** An item's value as what it means; a fault in it is told with the item. */
  <T> T read(Item item, Function<String, T> reading) {
    try {
      return reading.apply(item.value());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s=%s in the %s: %s".formatted(item.name(), item.value(), what, e.getMessage()), e);
    }
  }

  IllegalArgumentException wrong(Item item, String remedy) {
    return new IllegalArgumentException("%s in the %s: %s".formatted(item.name(), what, remedy));
  }
}
