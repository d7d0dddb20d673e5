package ai.powertools.benchmarks;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A value of 1 kB as JSON.
 *
 * @param id what it is found by
 * @param role who said it
 * @param content what was said, by far the most of it
 * @param model who answered
 * @param tokens how many there were
 * @param tags three of them
 */
record Note(String id, String role, String content, String model, long tokens, List<String> tags) {
  private static final int TOKENS = 4_000;

  /** How many letters are left when the rest has its share of a kilobyte. */
  private static final int CONTENT = 860;

  /** Makes it; the list is copied. */
  Note {
    tags = List.copyOf(tags);
  }

  /** One of that number, with a content of its own. */
  static Note of(int number, RandomGenerator random) {
    return new Note(
        "note-" + number,
        "assistant",
        Letters.random(random).substring(0, CONTENT),
        "openai/gpt-5-mini",
        random.nextInt(TOKENS),
        List.of("search", "team-" + number % 5, "user-" + number % 50));
  }
}
