package ai.powertools.router.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Judged prompts by a rule that a model can find: the weak model fails at word problems with many
 * numbers and at questions about rivers; the strong one fails rarely, and at random.
 */
final class MadeUpOutcomes {
  private static final String[] NAMES = {"Ada", "Ben", "Cleo", "Dan", "Eve", "Finn"};
  private static final String[] THINGS = {"apples", "pens", "coins", "books", "shells"};
  private static final String[] RIVERS = {"river", "delta", "estuary", "tributary", "stream"};
  private static final String[] STARS = {"star", "planet", "comet", "orbit", "galaxy"};

  private MadeUpOutcomes() {}

  static List<Outcome> rows(int count, long seed) {
    Random random = new Random(seed);
    List<Outcome> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean strong = random.nextInt(20) > 0;
      rows.add(
          switch (i % 3) {
            case 0 -> problem(random, strong);
            case 1 -> question(random, "rivers", RIVERS, random.nextInt(5) == 0, strong);
            default -> question(random, "stars", STARS, random.nextInt(5) > 0, strong);
          });
    }
    return rows;
  }

  private static Outcome problem(Random random, boolean strong) {
    int numbers = 1 + random.nextInt(6);
    String name = one(random, NAMES);
    StringBuilder prompt = new StringBuilder();
    for (int i = 0; i < numbers; i++) {
      prompt.append("%s buys %d %s. ".formatted(name, 1 + random.nextInt(90), one(random, THINGS)));
    }
    prompt.append("How many things does ").append(name).append(" have?");
    return new Outcome("sums", "sums", prompt.toString(), numbers < 4, strong);
  }

  private static Outcome question(
      Random random, String subject, String[] words, boolean weak, boolean strong) {
    String prompt =
        "Which of the following is true of the %s and the %s of region %d?\n"
                .formatted(one(random, words), one(random, words), random.nextInt(1000))
            + "A. It is long\nB. It is %s\nC. It is cold\nD. It is far\nAnswer:"
                .formatted(one(random, THINGS));
    return new Outcome("facts", subject, prompt, weak, strong);
  }

  private static String one(Random random, String[] of) {
    return of[random.nextInt(of.length)];
  }
}
