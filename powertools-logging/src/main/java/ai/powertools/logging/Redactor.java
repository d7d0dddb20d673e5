package ai.powertools.logging;

import ai.powertools.core.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text. What is found is replaced by {@code ***} and a hint of what it was, as
 * in {@code ***(openai key)}.
 *
 * <p>{@link #standard()} knows the keys of the usual vendors, bearer tokens and other credentials
 * of {@code Authorization} headers, JWTs, PEM private keys, passwords in URLs, values behind names
 * like {@code password=}, and payment cards. What is masked already stays as it is.
 *
 * <p>A scan by hand, once from left to right, that looks back and tries again only within constant
 * bounds: linear in the length of the text whatever it contains. Text without secrets is given back
 * as it is, the same object. Immutable, safe for use by many threads.
 */
public final class Redactor {
  private static final Redactor STANDARD = new Redactor(SecretNames.standard(), false, List.of());

  private final SecretNames names;
  private final boolean emails;
  private final List<UnaryOperator<String>> rules;

  private Redactor(SecretNames names, boolean emails, List<UnaryOperator<String>> rules) {
    this.names = names;
    this.emails = emails;
    this.rules = rules;
  }

  /** What is on by default. */
  public static Redactor standard() {
    return STANDARD;
  }

  /** This one, and e-mail addresses too. */
  public Redactor withEmails() {
    return new Redactor(names, true, rules);
  }

  /**
   * This one, and a rule of one's own that runs after it.
   *
   * @param rule from text to text; one that throws costs the whole text: it is replaced by {@code
   *     ***(failed rule)}
   */
  public Redactor with(UnaryOperator<String> rule) {
    List<UnaryOperator<String>> more = new ArrayList<>(rules);
    more.add(rule);
    return new Redactor(names, emails, List.copyOf(more));
  }

  /**
   * This one, and whatever the pattern finds.
   *
   * @param kind the hint that is left, as in {@code ***(kind)}
   * @param pattern must not backtrack badly (use possessive quantifiers); time is no longer bounded
   *     by us
   */
  public Redactor with(String kind, Pattern pattern) {
    String mask = mask(kind).replace("\\", "\\\\").replace("$", "\\$");
    return with(text -> pattern.matcher(text).replaceAll(mask));
  }

  /** This one, and fields and {@code name=value} of these names; case, _ and - don't matter. */
  public Redactor withFields(String... fields) {
    Set<String> more = new TreeSet<>(List.of(fields));
    return new Redactor(names.and(more), emails, rules);
  }

  /** The text without secrets; the same object when there are none. */
  public String redact(String text) {
    String redacted = new RedactionScan(text, names, emails).run();
    for (UnaryOperator<String> rule : rules) {
      redacted = apply(rule, redacted);
    }
    return redacted;
  }

  /** Whether a field of this name is masked whatever its value, as {@code password} is. */
  public boolean isSecret(String field) {
    return names.kind(field) != null;
  }

  /** The value of a field as text without secrets; nothing of it when the name says it is one. */
  public String redactField(String field, @Nullable Object value) {
    String kind = names.kind(field);
    if (kind != null) {
      return mask(kind);
    }
    return value instanceof Secret ? value.toString() : redact(String.valueOf(value));
  }

  static String mask(String kind) {
    return "***(" + kind + ")";
  }

  private static String apply(UnaryOperator<String> rule, String text) {
    try {
      return rule.apply(text);
    } catch (RuntimeException | StackOverflowError e) {
      return mask("failed rule"); // the text may hold what the rule was there to find
    }
  }
}
