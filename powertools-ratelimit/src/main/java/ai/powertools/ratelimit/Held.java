package ai.powertools.ratelimit;

import java.util.HashMap;
import java.util.Map;

/** What was granted for the head of the line, from when it may be used. */
record Held(Map<Dimension, Long> amounts, long from, String lease, long stamp) {
  boolean covers(Amounts wanted) {
    for (Map.Entry<Dimension, Long> amount : amounts.entrySet()) {
      Dimension dimension = amount.getKey();
      if (wanted.of(dimension.slot(), dimension) > amount.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** What is left over when so much of it was taken. */
  Map<Dimension, Long> without(Amounts taken) {
    Map<Dimension, Long> rest = new HashMap<>(amounts);
    rest.replaceAll((dimension, count) -> count - taken.of(dimension.slot(), dimension));
    return rest;
  }
}
