package ai.powertools.router.extractive;

/**
 * A sentence of a corpus.
 *
 * @param number its place among all sentences
 * @param piece its text, as it stands in the document but in one line, and how whole it is
 * @param document the number of its document
 * @param place its place among the sentences of its document, from 0
 * @param block its block
 * @param blockNumber the place of the block among all blocks
 * @param length how many words it has, stop words included
 */
record Sentence(
    int number,
    Sentences.Piece piece,
    int document,
    int place,
    Block block,
    int blockNumber,
    int length) {
  /** East Asian punctuation begins behind it in Unicode. */
  private static final char FIRST_WIDE = 0x2E80;

  String text() {
    return piece.text();
  }

  boolean follows(Sentence other) {
    return number == other.number + 1 && blockNumber == other.blockNumber;
  }

  /** What stands between this and the next sentence: in East Asian scripts, nothing. */
  String gap() {
    return text().charAt(text().length() - 1) >= FIRST_WIDE ? "" : " ";
  }
}
