package ai.powertools.ratelimit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The root and what is kept of each key. Guarded by the gate's guard, but for {@link #templates}.
 *
 * @implNote A key at which nothing is missing and nobody is differs in nothing from one that was
 *     never seen, and is forgotten: each use of a key looks at some that were not looked at for
 *     longest, more than it makes. So there are about as many as have been used within their
 *     longest window. When there are as many as allowed all the same, new ones share one place for
 *     each level, with the limits of the first of them: never more than allowed, but less for each.
 */
final class Places {
  /** A key that is new costs two looks at most: one at it, one more when all below it are gone. */
  private static final int LOOKS = 2;

  private final List<LevelRule> rules;
  private final List<Map<String, Node>> apart = new ArrayList<>();
  private final List<Map<String, Node>> crowd = new ArrayList<>();
  private final GateSettings settings;
  private final int providerLevel;
  private final Node root;
  private final Node[] rootOnly;
  private final Node ring; // the oldest is ring.newer
  private int count;

  Places(GateSettings settings) {
    this.settings = settings;
    this.rules = List.copyOf(settings.levels());
    this.providerLevel = providerLevel();
    this.root = new Node("", "", "", Map.of(), settings.limits(), settings.weights(), 0);
    this.rootOnly = new Node[] {root};
    this.ring = new Node("", "", "", Map.of(), Limits.none(), settings.weights(), 0);
    if (providerLevel < 0) {
      root.pace = settings.adaption().pace(settings.time());
    }
    ring.older = ring;
    ring.newer = ring;
    for (LevelRule unused : rules) {
      apart.add(new HashMap<>());
      crowd.add(new HashMap<>());
    }
  }

  private int providerLevel() {
    String name = settings.adaption().level().orElse("");
    if (name.isEmpty()) {
      return rules.isEmpty() ? -1 : 0;
    }
    int level = 0;
    while (level < rules.size() && !rules.get(level).name().equals(name)) {
      level++;
    }
    if (level == rules.size()) {
      throw new IllegalArgumentException(
          "Providers are said to be the level \"%s\", but the limiter has %s."
              .formatted(name, levelNames()));
    }
    return level;
  }

  /** Of what was passed, the place of the provider. */
  Node provider(Node[] path) {
    int depth = path.length - 1;
    return path[providerLevel < 0 || providerLevel >= depth ? depth : depth - 1 - providerLevel];
  }

  /** What a key begins with. */
  record Template(Limits limits, @Nullable Pace pace) {}

  Node root() {
    return root;
  }

  /** How many keys are kept. */
  int count() {
    return count;
  }

  /** The root alone, for those without keys. */
  Node[] rootOnly() {
    return rootOnly;
  }

  /**
   * Refuses more keys than there are levels.
   *
   * @throws IllegalArgumentException then
   */
  void check(Demand demand) {
    if (demand.depth() > rules.size()) {
      throw new IllegalArgumentException(
          "A demand at %s has %d keys, but the limiter has %s. Give one key for each level, in their order."
              .formatted(demand.keys(), demand.depth(), levelNames()));
    }
  }

  private String levelNames() {
    return rules.isEmpty()
        ? "no levels"
        : "the levels " + rules.stream().map(LevelRule::name).toList();
  }

  /** The limits of a demand's keys. Asks the user's code: not to be called under the guard. */
  Template[] templates(Demand demand) {
    Template[] templates = new Template[demand.depth()];
    for (int i = 0; i < templates.length; i++) {
      LevelRule rule = rules.get(i);
      String key = demand.key(i);
      Limits limits =
          requireNonNull(
              rule.limits().apply(key),
              () -> "No limits for " + rule.label(key) + ": give Limits.none() for none.");
      Pace pace = i == providerLevel ? settings.adaption().pace(settings.time()) : null;
      templates[i] = new Template(limits, pace);
    }
    return templates;
  }

  /** What a demand has to pass, the last key first and the root last; null if one is new. */
  Node @Nullable [] find(Demand demand, long now) {
    return walk(demand, null, now);
  }

  /** The same, and makes what is new. */
  Node[] create(Demand demand, Template[] templates, long now) {
    Node[] path = walk(demand, templates, now);
    if (path == null) {
      throw new IllegalStateException("no place for " + demand.keys());
    }
    return path;
  }

  private Node @Nullable [] walk(Demand demand, Template @Nullable [] templates, long now) {
    int depth = demand.depth();
    Node[] path = new Node[depth + 1];
    path[depth] = root;
    Node above = root;
    for (int i = 0; i < depth; i++) {
      LevelRule rule = rules.get(i);
      Map<String, Node> home = rule.apart() ? apart.get(i) : above.children;
      Node node = home.get(demand.key(i));
      if (node == null) {
        node = crowd.get(i).get("");
        if (node == null || (count < settings.mostKeys() && node.atRest(now))) {
          if (templates == null) {
            return null;
          }
          node = make(i, demand.key(i), home, templates[i], now);
        }
      }
      touch(node);
      path[depth - 1 - i] = node;
      if (!rule.apart()) {
        above = node;
      }
    }
    forgetSome(path, now);
    return path;
  }

  private Node make(int level, String key, Map<String, Node> home, Template template, long now) {
    LevelRule rule = rules.get(level);
    Limits limits = template.limits();
    Weights weights = settings.weights();
    if (count >= settings.mostKeys()) {
      Map<String, Node> others = crowd.get(level);
      String label = "all other keys of " + rule.name();
      Node node = new Node(rule.name(), label, "", others, limits, weights, now);
      node.pace = template.pace();
      others.put("", node);
      return node;
    }
    Node node = new Node(rule.name(), rule.label(key), key, home, limits, weights, now);
    node.pace = template.pace();
    home.put(key, node);
    count++;
    return node;
  }

  private void touch(Node node) {
    if (node.key.isEmpty()) {
      return; // one that stands for many is always kept
    }
    unlink(node);
    node.older = ring.older;
    node.newer = ring;
    if (ring.older != null) {
      ring.older.newer = node;
    }
    ring.older = node;
  }

  private static void unlink(Node node) {
    if (node.older != null && node.newer != null) {
      node.older.newer = node.newer;
      node.newer.older = node.older;
    }
  }

  private void forgetSome(Node[] path, long now) {
    for (int i = 0; i <= LOOKS * (path.length - 1); i++) {
      Node oldest = ring.newer;
      if (oldest == null || oldest == ring || isOn(path, oldest)) {
        return;
      }
      if (oldest.atRest(now)) {
        unlink(oldest);
        oldest.home.remove(oldest.key);
        oldest.gone = true;
        count--;
      } else {
        touch(oldest);
      }
    }
  }

  private static boolean isOn(Node[] path, Node node) {
    for (Node on : path) {
      if (on == node) {
        return true;
      }
    }
    return false;
  }

  /**
   * All that are kept of one level, but the place that keys share when there are too many.
   *
   * @throws IllegalArgumentException if there is no such level
   */
  List<Node> ofLevel(String name) {
    if (rules.stream().noneMatch(rule -> rule.name().equals(name))) {
      throw new IllegalArgumentException(
          "There is no level \"%s\": limiter \"%s\" has %s."
              .formatted(name, settings.name(), levelNames()));
    }
    List<Node> found = new ArrayList<>();
    for (Node node = ring.newer; node != null && node != ring; node = node.newer) {
      if (node.level.equals(name)) {
        found.add(node);
      }
    }
    return found;
  }
}
