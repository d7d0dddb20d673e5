package ai.powertools.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in words: no tokenizer's truth, but countable by whoever writes the test. */
final class Words {
  private static final Pattern PIECE = Pattern.compile("\\S+\\s*|\\s+");

  private Words() {}

  static int count(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  /** The text in pieces of a word and the space after it. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    while (piece.find()) {
      pieces.add(piece.group());
    }
    return pieces;
  }

  /** The text in about four pieces that care for no word: how arguments of tools arrive. */
  static List<String> shreds(String text) {
    List<String> shreds = new ArrayList<>();
    int size = Math.max(1, (text.length() + 3) / 4);
    for (int from = 0; from < text.length(); from += size) {
      shreds.add(text.substring(from, Math.min(text.length(), from + size)));
    }
    return shreds;
  }
}
