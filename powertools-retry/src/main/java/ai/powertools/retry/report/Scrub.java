package ai.powertools.retry.report;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what errors say: keys of vendors, bearer tokens, JWTs, private keys,
 * passwords in URLs, values behind names like {@code api_key=}, long random strings, and e-mail
 * addresses. What is found becomes {@code ***}, after its name where it has one. Errors do say such
 * things: a URL with its key is in the message of many an I/O error, and some vendors repeat the
 * key that they refuse.
 *
 * <p>Every event goes through it. It is no proof that nothing is left: a password that looks like a
 * word is found by its name only. What an application knows of its own secrets it can add with
 * {@link ErrorSink#rewriting}.
 *
 * <p>The patterns are possessive and begin where a word does, so that the time is linear in the
 * length of the text.
 */
public final class Scrub {
  private static final String MASK = "***";

  /** What may stand before the value of a named secret: quotes, also those of JSON within JSON. */
  private static final String SEPARATOR = "\\\\{0,4}+[\"']?+\\s{0,4}+(?:=>|=|:)\\s{0,4}+";

  private static final String VALUE =
      "(?:\\\\{1,4}+\"(?:[^\"\\\\]|\\\\{1,4}+(?![\"\\\\]))*+"
          + "|\\\\{1,4}+'(?:[^'\\\\]|\\\\{1,4}+(?!['\\\\]))*+"
          + "|\"(?:[^\"\\\\]|\\\\.)*+"
          + "|'(?:[^'\\\\]|\\\\.)*+"
          + "|(?:(?i:bearer|basic|digest|token)\\s{1,4}+)?+[^\\s\"'`\\\\&,;<>(){}\\[\\]]++)";

  /** Names that mean a secret wherever they end a word, as in {@code OPENAI_API_KEY}. */
  private static final String NAMES =
      "(?i:api[-_ ]?key(?: provided)?|(?:access|secret|private|account|signing|master)[-_ ]?key"
          + "|subscription[-_]key|secret[-_]?access[-_]?key"
          + "|(?:access|refresh|auth|session|security|bearer|id|api)[-_]?token|[-_]token"
          + "|client[-_]?secret|[-_]secret|\\bsecret|password|passwd|passphrase|\\bpwd"
          + "|authorization|x-goog-signature|x-amz-signature|x-amz-credential)";

  /** Names that mean one in the query of a URL, and many other things elsewhere. */
  private static final String QUERY_NAMES = "(?i:key|token|sig|signature|code|auth|secret|jwt)";

  private static final List<Rule> RULES =
      List.of(
          rule(
              "(?s)-----BEGIN [A-Z0-9 ]{0,40}?PRIVATE KEY.*?(?:-----END [A-Z0-9 ]{0,60}+-----|\\z)"),
          new Rule(Pattern.compile("(?s)(" + NAMES + SEPARATOR + ")" + VALUE), found -> true),
          rule("(\\b(?i:set-)?(?i:cookie)\\s{0,4}+:\\s{0,4}+)[^\r\n\"']++"),
          rule("([?&]" + QUERY_NAMES + "=)[^\\s\"'&<>]++"),
          rule("(\"" + QUERY_NAMES + "\"\\s{0,4}+:\\s{0,4}+\")[^\"\\s]{8,}+"),
          rule("((?<=://)[^\\s/@:?#\"'<>]{0,128}+:)[^\\s/@\"'<>]{1,256}+(?=@)"),
          rule(
              "(\\b(?i:bearer|basic)\\s{1,4}+)(?=[\\w.~+/=-]{0,23}\\d|[\\w.~+/=-]{24})[\\w.~+/=-]{8,}+"),
          rule(
              "(?<![A-Za-z0-9])[spr]k[-_](?=[A-Za-z0-9_*-]{0,20}[0-9*]|[A-Za-z0-9_-]{20})"
                  + "[A-Za-z0-9_*-]{8,}+"),
          rule(
              "(?<![A-Za-z0-9])(?:gh[opusr]_|github_pat_|glpat-|hf_|gsk_|xai-|pplx-|nvapi-|npm_|r8_"
                  + "|csk-|tgp_v1_|dop_v1_|xox[abeoprs]-|xapp-|whsec_)[A-Za-z0-9_-]{10,}+"),
          rule("(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,}+"),
          rule("(?<![A-Za-z0-9])ya29\\.[A-Za-z0-9_-]{10,}+"),
          rule("(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
          rule("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+(?:\\.[A-Za-z0-9_-]*+){1,4}+"),
          new Rule(
              Pattern.compile("(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/=_-]{40,}+"), Scrub::looksRandom),
          rule(
              "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}+@"
                  + "[A-Za-z0-9-]{1,63}+(?:\\.[A-Za-z0-9-]{1,63}+){1,8}+"));

  private Scrub() {}

  /** What to look for; a first group, where there is one, stays. */
  private record Rule(Pattern pattern, Predicate<MatchResult> found) {
    String apply(String text) {
      Matcher matcher = pattern.matcher(text);
      return matcher.replaceAll(
          match -> Matcher.quoteReplacement(found.test(match) ? masked(match) : match.group()));
    }

    private static String masked(MatchResult match) {
      return match.groupCount() == 0 ? MASK : match.group(1) + opening(match) + MASK;
    }

    /** The quote that the value begins with stays, so that what is left reads as before. */
    private static String opening(MatchResult match) {
      String value = match.group().substring(match.group(1).length());
      int quote = 0;
      while (quote < value.length() && value.charAt(quote) == '\\') {
        quote++;
      }
      boolean quoted = quote < value.length() && "\"'".indexOf(value.charAt(quote)) >= 0;
      return quoted ? value.substring(0, quote + 1) : "";
    }
  }

  private static Rule rule(String pattern) {
    return new Rule(Pattern.compile(pattern), found -> true);
  }

  private static boolean looksRandom(MatchResult match) {
    return Ascii.looksRandom(match.group(), 0, match.group().length());
  }

  /** The text without secrets. Scrubbing it again changes nothing. */
  public static String text(String text) {
    String scrubbed = text;
    for (Rule rule : RULES) {
      scrubbed = rule.apply(scrubbed);
    }
    return scrubbed;
  }
}
