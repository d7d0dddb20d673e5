package ai.powertools.router.extractive;

import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * An answer as it is put together, piece by piece, within a number of words. Its first line says
 * what it is: in full where there is room for that, else in one word.
 */
final class Reply {
  private static final TokenCounter WORDS = TokenCounter.of(Tokenizer.WORDS);
  private static final String LABEL = "[builtin:extractive";

  /** The full notice may take this share of the room, as a divisor. */
  private static final int SHARE_OF_NOTICE = 4;

  private final List<String> pieces = new ArrayList<>();
  private long room;
  private boolean cut;

  /**
   * Begins an answer.
   *
   * @param limit the most words, the notice included
   * @param notice what it is, as in "sentences quoted from the text, no language model"
   */
  Reply(OptionalInt limit, String notice) {
    room = limit.isPresent() ? limit.getAsInt() : Long.MAX_VALUE;
    String full = LABEL + " – " + notice + "]";
    String shown = words(full) <= room / SHARE_OF_NOTICE ? full : LABEL + "]";
    pieces.add(shown);
    room -= words(shown);
  }

  /** Words between white space, as the usage counts them. */
  static long words(String text) {
    return WORDS.count(text).tokens();
  }

  /** How many words there is room for. */
  long room() {
    return room;
  }

  /**
   * Adds a piece, or as much of it as there is room for, and then no more.
   *
   * @param separator white space between what is there and the piece; none where their script has
   *     none, so that they count as fewer words than assumed here
   */
  void add(String separator, String piece) {
    long words = words(piece);
    if (cut) {
      return;
    }
    if (words <= room) {
      pieces.add(separator + piece);
      room -= words;
    } else {
      cut = true;
      if (room > 0) {
        pieces.add(separator + firstWords(piece, room) + "…");
        room = 0;
      }
    }
  }

  /** What is told piece by piece; together, the text. */
  List<String> pieces() {
    return List.copyOf(pieces);
  }

  String text() {
    return String.join("", pieces);
  }

  /** Whether a piece did not fit. */
  boolean isCut() {
    return cut;
  }

  private static String firstWords(String text, long count) {
    long words = 0;
    boolean inWord = false;
    int i = 0;
    for (; i < text.length(); i++) {
      boolean space = Character.isWhitespace(text.charAt(i));
      if (space && inWord && words == count) {
        break;
      }
      words += !space && !inWord ? 1 : 0;
      inWord = !space;
    }
    return text.substring(0, i);
  }
}
