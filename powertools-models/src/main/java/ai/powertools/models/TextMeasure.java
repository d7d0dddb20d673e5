package ai.powertools.models;

/**
 * What the counts of a text go by in all vocabularies that are estimated from o200k_base.
 *
 * @param o200k its tokens in OpenAI's o200k_base
 * @param bytes its length in UTF-8
 * @param unlike how many of the bytes are in anything but lower-case ASCII words between single
 *     spaces, which all vocabularies split alike
 */
record TextMeasure(long o200k, long bytes, long unlike) {

  static TextMeasure of(String text) {
    long bytes = 0;
    long unlike = 0;
    int run = 0;
    char previous = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int length = utf8Length(c);
      bytes += length;
      run = i > 0 && c == previous ? run + 1 : 1;
      previous = c;
      boolean alike = c == ' ' ? run == 1 : c >= 'a' && c <= 'z' && run <= 2;
      if (!alike) {
        unlike += length;
      }
    }
    return new TextMeasure(TokenCounters.o200kTokens(text), bytes, unlike);
  }

  /** Each half of a surrogate pair has two of the pair's four bytes. */
  private static int utf8Length(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
