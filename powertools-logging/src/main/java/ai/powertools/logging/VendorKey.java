package ai.powertools.logging;

import java.util.List;
import java.util.Set;

/**
 * What the keys of one vendor look like.
 *
 * @param prefix what they begin with
 * @param kind the hint that is left of one
 * @param shortest how many characters follow the prefix at least
 * @param separators whether {@code _} and {@code -} occur in what follows
 */
record VendorKey(String prefix, String kind, int shortest, boolean separators) {
  /** Longer prefixes first. The prefixes are those of the vendors' own documentation. */
  private static final List<VendorKey> ALL =
      List.of(
          new VendorKey("sk-ant-", "anthropic key", 16, true),
          new VendorKey("sk-proj-", "openai key", 16, true),
          new VendorKey("sk-svcacct-", "openai key", 16, true),
          new VendorKey("sk-admin-", "openai key", 16, true),
          new VendorKey("sk-or-v1-", "openrouter key", 16, true),
          new VendorKey("sk_live_", "stripe key", 16, false),
          new VendorKey("sk_test_", "stripe key", 16, false),
          new VendorKey("rk_live_", "stripe key", 16, false),
          new VendorKey("AIza", "google key", 35, true),
          new VendorKey("ghp_", "github token", 20, false),
          new VendorKey("gho_", "github token", 20, false),
          new VendorKey("ghu_", "github token", 20, false),
          new VendorKey("ghs_", "github token", 20, false),
          new VendorKey("ghr_", "github token", 20, false),
          new VendorKey("github_pat_", "github token", 20, true),
          new VendorKey("glpat-", "gitlab token", 16, true),
          new VendorKey("hf_", "hugging face token", 30, false),
          new VendorKey("gsk_", "groq key", 30, false),
          new VendorKey("xai-", "xai key", 30, false),
          new VendorKey("pplx-", "perplexity key", 30, false),
          new VendorKey("xoxb-", "slack token", 10, true),
          new VendorKey("xoxp-", "slack token", 10, true),
          new VendorKey("xoxa-", "slack token", 10, true),
          new VendorKey("xoxr-", "slack token", 10, true),
          new VendorKey("xoxs-", "slack token", 10, true),
          new VendorKey("xoxe-", "slack token", 10, true),
          new VendorKey("xoxo-", "slack token", 10, true),
          new VendorKey("xapp-", "slack token", 10, true));

  /** The first characters of all prefixes, to say no quickly. */
  private static final String FIRST = "sAghxrp";

  /** Long-term, temporary, bearer and context-specific keys, in the order of the IAM manual. */
  private static final Set<String> AWS = Set.of("AKIA", "ASIA", "ABIA", "ACCA");

  /** How much of what follows a prefix is looked at before saying no, so that no stays cheap. */
  private static final int ENOUGH = 256;

  /** A key that was found: where it ends, and what it is. */
  record Found(int end, String kind) {
    static final Found NOTHING = new Found(-1, "");

    boolean nothing() {
      return end < 0;
    }
  }

  /** Whether a key can begin with this character. */
  static boolean mayBeginWith(char c) {
    return FIRST.indexOf(c) >= 0;
  }

  /**
   * Looks for a key that begins at {@code start}.
   *
   * @param end where the run of word characters around it ends
   */
  static Found find(String text, int start, int end) {
    for (VendorKey vendor : ALL) {
      if (text.startsWith(vendor.prefix, start)) {
        return vendor.match(text, start, end);
      }
    }
    if (text.startsWith("sk-", start)) {
      return looksLikeOpenAi(text, start + 3, end) ? new Found(end, "openai key") : Found.NOTHING;
    }
    boolean aws = AWS.contains(text.substring(start, Math.min(end, start + 4)));
    return aws ? aws(text, start, end) : Found.NOTHING;
  }

  private Found match(String text, int start, int end) {
    int from = start + prefix.length();
    int to = from;
    Mix mix = new Mix();
    while (to < Math.min(end, from + ENOUGH) && isBody(text.charAt(to))) {
      mix.add(text.charAt(to));
      to++;
    }
    if (to - from < shortest || !mix.looksRandom()) {
      return Found.NOTHING;
    }
    while (to < end && isBody(text.charAt(to))) {
      to++;
    }
    return new Found(to, kind);
  }

  private boolean isBody(char c) {
    return separators || Chars.alphanumeric(c);
  }

  /** Always 16 upper-case letters and digits, and nothing more. */
  private static Found aws(String text, int start, int end) {
    int to = start + 4;
    int most = Math.min(end, start + 21);
    while (to < most && (Chars.upper(text.charAt(to)) || Chars.digit(text.charAt(to)))) {
      to++;
    }
    boolean ended = to == end || !Chars.alphanumeric(text.charAt(to));
    return ended && to - start == 20 ? new Found(to, "aws key") : Found.NOTHING;
  }

  /**
   * {@code sk-} alone is used by many vendors, and also begins the names of packages, as in {@code
   * sk-learn-contrib}. A key has one long part without separators, or all kinds of characters, or
   * is a UUID.
   */
  private static boolean looksLikeOpenAi(String text, int from, int wordEnd) {
    int end = Math.min(wordEnd, from + ENOUGH);
    Mix all = new Mix();
    Mix part = new Mix();
    boolean hex = true;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      hex &= Chars.hex(c) || c == '-';
      all.add(c);
      if (c == '-' || c == '_') {
        part.clear();
      } else {
        part.add(c);
        if (part.length >= 16 && part.looksRandom()) {
          return true;
        }
      }
    }
    return end - from >= 20 && (all.hasAll() || (hex && end - from >= 32 && all.looksRandom()));
  }

  /** Which kinds of characters there are. */
  private static final class Mix {
    private int length;
    private boolean upper;
    private boolean lower;
    private boolean digit;

    void add(char c) {
      length++;
      upper |= Chars.upper(c);
      lower |= Chars.lower(c);
      digit |= Chars.digit(c);
    }

    void clear() {
      length = 0;
      upper = false;
      lower = false;
      digit = false;
    }

    boolean hasAll() {
      return upper && lower && digit;
    }

    /** Words have no digits, numbers have no letters, and names are not as long as keys. */
    boolean looksRandom() {
      return (digit && (upper || lower)) || (upper && lower && length >= 20);
    }
  }
}
