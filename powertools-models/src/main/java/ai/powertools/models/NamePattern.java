package ai.powertools.models;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern of names that mean a model: {@code *} stands for any characters, and what is between
 * slashes is a regular expression, of which a part has to match. Case does not matter.
 */
final class NamePattern {
  private final CatalogEntry model;
  private final Pattern pattern;
  private final boolean whole;

  /**
   * @throws IllegalArgumentException if the regular expression is none
   */
  NamePattern(CatalogEntry model, String text) {
    this.model = model;
    this.whole = !isExpression(text);
    this.pattern = compiled(text, whole);
  }

  static boolean isPattern(String alias) {
    return alias.indexOf('*') >= 0 || isExpression(alias);
  }

  CatalogEntry model() {
    return model;
  }

  boolean matches(String name) {
    return whole ? pattern.matcher(name).matches() : pattern.matcher(name).find();
  }

  private static boolean isExpression(String alias) {
    return alias.length() > 2 && alias.startsWith("/") && alias.endsWith("/");
  }

  private static Pattern compiled(String text, boolean whole) {
    if (!whole) {
      return Pattern.compile(text.substring(1, text.length() - 1), Pattern.CASE_INSENSITIVE);
    }
    StringBuilder expression = new StringBuilder();
    for (String part : text.toLowerCase(Locale.ROOT).split("\\*", -1)) {
      expression.append(expression.length() == 0 ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(expression.toString());
  }
}
