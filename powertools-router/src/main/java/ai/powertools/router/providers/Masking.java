package ai.powertools.router.providers;

import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a vendor's words what must not reach a log: the key, what looks like a part of one,
 * and the conversation.
 */
final class Masking {
  /** Keys as vendors make them, and as they echo them with stars in the middle. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)\\b(?:(?:sk|pk|rk|gsk|xai|pplx|nvapi)[-_][\\w*.…-]{6,}"
              + "|AIza[\\w*.…-]{10,}|bearer [\\w*.…~+/=-]{6,})");

  private static final Pattern TAG = Pattern.compile("<[^<>]*>");

  /** No more of a vendor's words is looked at than a message can have. */
  private static final int LOOKED_AT = 2_000;

  /** As long a piece of the conversation, found in an error, is an echo and no accident. */
  private static final int ECHO = 24;

  /** Shorter than this, a word of the conversation is an ordinary word. */
  private static final int WHOLE = 8;

  private final List<String> secrets;

  /** Masks these values wherever they stand; those too short to be a secret are left alone. */
  Masking(List<String> secrets) {
    this.secrets = secrets.stream().filter(secret -> secret.length() >= WHOLE).toList();
  }

  String mask(String words, ChatRequest request) {
    List<String> said = new ArrayList<>();
    for (Message message : request.messages()) {
      message.content().forEach(content -> said.add(textOf(content).strip()));
    }
    return mask(words, said);
  }

  /** What was said, thought or asked of a tool. */
  private static String textOf(Content content) {
    if (content instanceof Content.ToolCall call) {
      return call.json();
    }
    return content instanceof Content.Reasoning thoughts ? thoughts.text() : content.asText();
  }

  String mask(String words, List<String> said) {
    String masked = words;
    for (String secret : secrets) {
      masked = masked.replace(secret, "***");
    }
    masked = TAG.matcher(cut(masked)).replaceAll(" ");
    masked = KEY.matcher(masked).replaceAll("***");
    for (String text : said) {
      masked = withoutEchoes(masked, text);
    }
    return masked;
  }

  private static String withoutEchoes(String words, String said) {
    String rest = said.length() >= WHOLE ? words.replace(said, "[…]") : words;
    StringBuilder kept = new StringBuilder();
    int at = 0;
    while (at < rest.length()) {
      int length = echoAt(rest, at, said);
      if (length > 0) {
        kept.append("[…]");
        at += length;
      } else {
        kept.append(rest.charAt(at++));
      }
    }
    return kept.toString();
  }

  /** How much of what begins here was said; zero if it is too little to tell. */
  private static int echoAt(String words, int at, String said) {
    if (words.length() - at < ECHO) {
      return 0;
    }
    int found = said.indexOf(words.substring(at, at + ECHO));
    if (found < 0) {
      return 0;
    }
    int length = ECHO;
    while (at + length < words.length()
        && found + length < said.length()
        && words.charAt(at + length) == said.charAt(found + length)) {
      length++;
    }
    return length;
  }

  private static String cut(String words) {
    return words.length() <= LOOKED_AT ? words : words.substring(0, LOOKED_AT);
  }
}
