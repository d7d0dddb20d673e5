package ai.powertools.ratelimit;

/** What is in somebody's way, in words. */
final class Reasons {
  private static final String BACK_OFF = "the back-off that the provider asked for";

  private Reasons() {}

  /** Something at a place, as in {@code "60 requests per minute of user "ada""}. */
  static String at(Node node, String what) {
    return node.label.isEmpty() ? what : what + " of " + node.label;
  }

  /** The calls that run at a place. */
  static String callsAtOnce(Node node) {
    int most = node.ceiling();
    if (node.supply != null) {
      return node.supply.label();
    }
    if (most == Integer.MAX_VALUE) {
      return at(node, "those who came before");
    }
    return at(node, most == 1 ? "1 call at once" : most + " calls at once");
  }

  /** What to name at a place when no limit has to be waited for. */
  static String otherwise(Node node, long now) {
    if (node.closedUntil() > now) {
      return BACK_OFF;
    }
    int most = node.ceiling();
    if (most == Integer.MAX_VALUE) {
      return "those who came before";
    }
    return most == 1 ? "1 call at once" : most + " calls at once";
  }

  /** What keeps so much from passing a path now. */
  static String of(Node[] path, Amounts amounts, long now) {
    for (Node node : path) {
      if (!node.isOpen(amounts, now)) {
        return of(node, amounts, now);
      }
    }
    return "those who came before";
  }

  /** What keeps so much from passing a place now. */
  static String of(Node node, Amounts amounts, long now) {
    Plan plan = node.freshPlan(now, otherwise(node, now));
    return at(node, plan.inTheWay(amounts));
  }
}
