package ai.powertools.ratelimit;

import java.util.function.Function;

/**
 * One level of keys: what each of them may.
 *
 * @param name as in {@code "user"}
 * @param limits those of a key. Code of the user: not to be called under the gate's guard
 * @param apart whether a key stands for the same everywhere, and not for something of its own below
 *     each key of the levels before
 */
record LevelRule(String name, Function<String, Limits> limits, boolean apart) {

  /** As in {@code user "ada"}. */
  String label(String key) {
    return name + " \"" + key + "\"";
  }
}
