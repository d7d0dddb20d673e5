package ai.powertools.logging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which names, of a field or in front of a {@code =}, mean that what follows is a secret. Case and
 * the separators of {@code api_key}, {@code api-key} and {@code api.key} don't matter.
 */
final class SecretNames {
  /** Names longer than this are looked at from their end. */
  static final int LONGEST = 64;

  /** The kind of what is behind the plain name {@code token}, which has other meanings too. */
  static final String TOKEN = "token";

  /** A secret only when it is the whole name: {@code next_page_token} is none. */
  private static final Map<String, String> WHOLE =
      Map.of("token", TOKEN, "pwd", "password", "jwt", "access token");

  private static final List<Ending> ENDINGS = endings();
  private static final SecretNames STANDARD = new SecretNames(WHOLE);

  private final Map<String, String> whole;

  private SecretNames(Map<String, String> whole) {
    this.whole = whole;
  }

  static SecretNames standard() {
    return STANDARD;
  }

  SecretNames and(Collection<String> names) {
    Map<String, String> more = new HashMap<>(whole);
    for (String name : names) {
      more.put(new Name(name, 0, name.length()).letters(), name.toLowerCase(Locale.ROOT));
    }
    return new SecretNames(Map.copyOf(more));
  }

  /** The kind of secret that a value of this name is; null when it is none. */
  @Nullable String kind(String name) {
    return kind(name, Math.max(0, name.length() - LONGEST), name.length());
  }

  /** The same for a name inside a text. */
  @Nullable String kind(String text, int from, int to) {
    Name name = new Name(text, from, to);
    String letters = name.letters();
    for (Ending ending : ENDINGS) {
      if (letters.endsWith(ending.letters())
          && (!ending.wholeWord() || name.wordBegins(letters.length() - ending.length()))) {
        return ending.kind();
      }
    }
    return whole.get(letters);
  }

  private static List<Ending> endings() {
    List<Ending> all = new ArrayList<>();
    // Secrets wherever a name ends so: dbpassword.
    add(all, false, "password", "password passwd passphrase");
    add(all, false, "api key", "apikey");
    add(all, false, "key", "secretkey privatekey");
    // Secrets where a word of the name begins there: CLIENT_SECRET, idToken, not invalid_token.
    add(all, true, "secret", "secret");
    add(all, true, "credentials", "authorization");
    add(all, true, "key", "accesskey accountkey signingkey encryptionkey masterkey");
    add(
        all,
        true,
        "access token",
        "accesstoken refreshtoken idtoken authtoken sessiontoken apitoken");
    add(all, true, "access token", "bearertoken securitytoken privatetoken oauthtoken deploytoken");
    add(
        all,
        true,
        "access token",
        "githubtoken gitlabtoken slacktoken bottoken hftoken vaulttoken");
    add(all, true, "signature", "xamzsignature");
    return List.copyOf(all);
  }

  private static void add(List<Ending> all, boolean wholeWord, String kind, String endings) {
    for (String ending : endings.split(" ", -1)) {
      all.add(new Ending(ending, wholeWord, kind));
    }
  }

  private record Ending(String letters, boolean wholeWord, String kind) {
    int length() {
      return letters.length();
    }
  }

  /** A name's letters and digits in lower case, and where in them its words begin. */
  private static final class Name {
    private final StringBuilder letters = new StringBuilder();
    private final boolean[] begins;

    Name(String text, int from, int to) {
      begins = new boolean[to - from];
      boolean separated = true;
      boolean lowerBefore = false;
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (!Character.isLetterOrDigit(c)) {
          separated = true;
        } else {
          boolean upper = Character.isUpperCase(c);
          begins[letters.length()] = separated || (upper && lowerBefore);
          letters.append(Character.toLowerCase(c));
          separated = false;
          lowerBefore = !upper;
        }
      }
    }

    String letters() {
      return letters.toString();
    }

    boolean wordBegins(int at) {
      return begins[at];
    }
  }
}
