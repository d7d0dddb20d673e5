package ai.powertools.router.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of a proto file, one after the other, without its comments. */
final class ProtoTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\\n]*|/\\*[\\s\\S]*?\\*/|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
              + "|[\\w.+-]+|[^\\s\\w]");

  private final List<String> tokens;
  private int next;

  private ProtoTokens(List<String> tokens) {
    this.tokens = tokens;
  }

  static ProtoTokens of(String source) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source);
    while (matcher.find()) {
      String token = matcher.group();
      if (!token.startsWith("//") && !token.startsWith("/*")) {
        tokens.add(token);
      }
    }
    return new ProtoTokens(tokens);
  }

  boolean done() {
    return next == tokens.size();
  }

  String peek() {
    return tokens.get(next);
  }

  String take() {
    return tokens.get(next++);
  }

  /** Takes the token if it is the next one. */
  boolean takes(String token) {
    boolean found = peek().equals(token);
    if (found) {
      next++;
    }
    return found;
  }

  void expect(String token) {
    String found = take();
    if (!found.equals(token)) {
      throw new IllegalArgumentException("expected " + token + " but found " + found);
    }
  }

  /** All until this token outside of braces and brackets, which is taken too. */
  List<String> until(String end) {
    List<String> result = new ArrayList<>();
    int depth = 0;
    while (depth > 0 || !peek().equals(end)) {
      String token = take();
      result.add(token);
      switch (token) {
        case "{", "[" -> depth++;
        case "}", "]" -> depth--;
        default -> {}
      }
    }
    expect(end);
    return result;
  }

  static String unquoted(String token) {
    return token.substring(1, token.length() - 1);
  }
}
