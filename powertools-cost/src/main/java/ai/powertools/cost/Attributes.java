package ai.powertools.cost;

import ai.powertools.models.Model;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who and what a call is for: names with values, as in {@code team=search user=ada}. Money is
 * budgeted and reported by them.
 *
 * <p>Some names mean the same to everybody and are constants here; any other is a tag of one's own.
 * Immutable, in the order of the names.
 */
public final class Attributes {
  /** None. */
  public static final Attributes NONE = new Attributes(new String[0]);

  /** What the call is for, as in {@code code_gen}. */
  public static final String TASK = "task";

  /** Who asked. */
  public static final String USER = "user";

  /** For which team. */
  public static final String TEAM = "team";

  /** For which project. */
  public static final String PROJECT = "project";

  /** In which conversation. Kept with each entry, but not in the roll-ups: there are too many. */
  public static final String SESSION = "session";

  /** The model, as {@code provider/id}. Set by the tracker itself. */
  public static final String MODEL = "model";

  /** The provider of the model. Set by the tracker itself. */
  public static final String PROVIDER = "provider";

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 256;

  /** Names and values in turn, in the order of the names: there are few, and many sets of them. */
  private final String[] pairs;

  private final int hash;

  private Attributes(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException as {@link #with} does
   */
  public static Attributes of(String name, String value) {
    return NONE.with(name, value);
  }

  /**
   * All of the map.
   *
   * @throws IllegalArgumentException as {@link #with} does
   */
  public static Attributes of(Map<String, String> values) {
    Attributes all = NONE;
    for (Map.Entry<String, String> one : values.entrySet()) {
      all = all.with(one.getKey(), one.getValue());
    }
    return all;
  }

  /** What a ledger has kept, as it is; blank values are none. */
  static Attributes kept(Map<String, String> values) {
    Attributes all = NONE;
    for (Map.Entry<String, String> one : values.entrySet()) {
      if (!one.getValue().isBlank()) {
        all = all.put(one.getKey(), one.getValue());
      }
    }
    return all;
  }

  /**
   * These and one more, which takes the place of one of the same name.
   *
   * @throws IllegalArgumentException if the name is not a letter and up to 63 letters, digits,
   *     {@code _ . -} after it, or the value blank, longer than 256 characters, or with a control
   *     character in it
   */
  public Attributes with(String name, String value) {
    return put(checkedName(name), checkedValue(name, value));
  }

  /** These and the others, which win where both have a name. */
  public Attributes with(Attributes others) {
    if (pairs.length == 0) {
      return others;
    }
    Attributes all = this;
    for (int i = 0; i < others.pairs.length; i += 2) {
      all = all.put(others.pairs[i], others.pairs[i + 1]);
    }
    return all;
  }

  /** These, for that model of that provider. */
  Attributes of(Model model) {
    return put(MODEL, model.qualifiedId()).put(PROVIDER, model.provider());
  }

  /** These but the one of that name. */
  public Attributes without(String name) {
    int at = place(name);
    if (at < 0) {
      return this;
    }
    String[] fewer = new String[pairs.length - 2];
    System.arraycopy(pairs, 0, fewer, 0, at);
    System.arraycopy(pairs, at + 2, fewer, at, fewer.length - at);
    return fewer.length == 0 ? NONE : new Attributes(fewer);
  }

  /** The value of that name. */
  public Optional<String> get(String name) {
    int at = place(name);
    return at < 0 ? Optional.empty() : Optional.of(pairs[at + 1]);
  }

  /** The value of that name, or nothing in a text: what reports show for calls without it. */
  String orBlank(String name) {
    int at = place(name);
    return at < 0 ? "" : pairs[at + 1];
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /** By name, in its order; can't be changed. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  private Attributes put(String name, String value) {
    int at = place(name);
    if (at >= 0) {
      if (pairs[at + 1].equals(value)) {
        return this;
      }
      String[] changed = pairs.clone();
      changed[at + 1] = value;
      return new Attributes(changed);
    }
    int gap = -at - 1;
    String[] more = new String[pairs.length + 2];
    System.arraycopy(pairs, 0, more, 0, gap);
    more[gap] = name;
    more[gap + 1] = value;
    System.arraycopy(pairs, gap, more, gap + 2, pairs.length - gap);
    return new Attributes(more);
  }

  /** Where the name is; where it would have to be, as {@code -place - 1}, if it is not there. */
  private int place(String name) {
    int at = 0;
    while (at < pairs.length) {
      int order = pairs[at].compareTo(name);
      if (order >= 0) {
        return order == 0 ? at : -at - 1;
      }
      at += 2;
    }
    return -at - 1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Attributes that
            && hash == that.hash
            && Arrays.equals(pairs, that.pairs));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** As in {@code team=search user=ada}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      text.append(i == 0 ? "" : " ").append(pairs[i]).append('=').append(pairs[i + 1]);
    }
    return text.toString();
  }

  /** The name, if it is one. */
  static String checkedName(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "\"%s\" can't be the name of an attribute: a letter, then up to 63 letters, digits, _ . -"
              .formatted(name.length() > 80 ? name.substring(0, 80) + "…" : name));
    }
    return name;
  }

  private static boolean isName(String name) {
    boolean good = !name.isEmpty() && name.length() <= LONGEST_NAME && isLetter(name.charAt(0));
    for (int i = 1; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good = isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    }
    return good;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** The value, if it can be kept by every database. */
  static String checkedValue(String name, String value) {
    if (value.isBlank() || value.length() > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "Attribute %s needs a value of 1 to %d characters, not %d%s."
              .formatted(name, LONGEST_VALUE, value.length(), value.isEmpty() ? "" : " or blanks"));
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean lone =
          Character.isSurrogate(c)
              && !(Character.isHighSurrogate(c)
                  && i + 1 < value.length()
                  && Character.isLowSurrogate(value.charAt(++i)));
      if (lone || Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "Attribute %s has a control character or half of one beyond U+FFFF at %d."
                .formatted(name, i));
      }
    }
    return value;
  }
}
