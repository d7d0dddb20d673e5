package ai.powertools.benchmarks;

import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a call of {@link CostMonth} is for, by number.
 *
 * @param task one of eight
 * @param user one of fifty, each of one of five teams
 * @param model one of four
 */
record CostLabel(int task, int user, int model) {
  private static final int TASKS = 8;
  private static final int USERS = 50;
  private static final int TEAMS = 5;
  private static final List<Model> MODELS =
      List.of("gpt-5-mini", "gpt-5.4", "claude-sonnet-4-6", "gemini-2.5-flash").stream()
          .map(ModelCatalog.bundled()::require)
          .toList();

  /** All that there are, in the order of their numbers. */
  static List<CostLabel> all() {
    List<CostLabel> all = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      for (int user = 0; user < USERS; user++) {
        for (int model = 0; model < MODELS.size(); model++) {
          all.add(new CostLabel(task, user, model));
        }
      }
    }
    return all;
  }

  /** One of them; of tasks, users and models the first often, the last seldom. */
  static CostLabel any(RandomGenerator random) {
    return new CostLabel(
        fewOften(random, TASKS), fewOften(random, USERS), fewOften(random, MODELS.size()));
  }

  private static int fewOften(RandomGenerator random, int count) {
    double chance = random.nextDouble();
    return (int) (count * chance * chance);
  }

  /** The model itself. */
  Model served() {
    return MODELS.get(model);
  }

  /** The number that the ledger is to know it by. */
  int number() {
    return 1 + (task * USERS + user) * MODELS.size() + model;
  }

  /** As the ledger keeps it: a line for each, in the order of the names. */
  String text() {
    return "model=%s\ntask=task-%d\nteam=team-%d\nuser=user-%02d"
        .formatted(served().qualifiedId(), task, user % TEAMS, user);
  }
}
