package ai.powertools.testing;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps account of what was promised, and compares it with what is there. */
final class CrashTally {
  private static final int MOST_NAMED = 5;

  private final long seed;
  private final Set<String> promised = new HashSet<>();
  private final Set<String> inFlight = new LinkedHashSet<>();
  private boolean announces;
  private int kills;
  private int whileStarting;
  private long acknowledged;
  private long inFlightKept;
  private long lost;
  private long torn;
  private long phantom;
  private long forgotten;

  CrashTally(long seed) {
    this.seed = seed;
  }

  CrashCycle killed(int number, boolean starting, List<String> lines, long forgottenChanges) {
    kills++;
    forgotten += forgottenChanges;
    if (starting) {
      whileStarting++;
    }
    lines.forEach(this::note);
    return new CrashCycle(
        number,
        starting,
        Collections.unmodifiableSet(promised),
        Collections.unmodifiableSet(inFlight));
  }

  private void note(String line) {
    if (line.startsWith("ack ")) {
      String id = line.substring(4);
      acknowledged++;
      inFlight.remove(id);
      promised.add(id);
    } else if (line.startsWith("try ")) {
      announces = true;
      String id = line.substring(4);
      if (!promised.contains(id)) {
        inFlight.add(id);
      }
    }
  }

  /** What is wrong, in words; empty when nothing is. What is there counts from now on. */
  String settle(Survivors survivors) {
    Set<String> missing = new TreeSet<>(promised);
    missing.removeAll(survivors.whole());
    Set<String> invented = new TreeSet<>();
    for (String id : survivors.whole()) {
      if (inFlight.contains(id)) {
        inFlightKept++;
      } else if (!promised.contains(id)) {
        if (announces) {
          invented.add(id);
        } else {
          inFlightKept++;
        }
      }
    }
    lost += missing.size();
    phantom += invented.size();
    torn += survivors.torn().size();
    promised.clear();
    promised.addAll(survivors.whole());
    inFlight.clear();
    return (told(missing, "lost")
            + told(invented, "never written")
            + told(survivors.torn(), "torn"))
        .strip();
  }

  private static String told(Collection<String> found, String what) {
    if (found.isEmpty()) {
      return "";
    }
    String more = found.size() > MOST_NAMED ? ", …" : "";
    String some = String.join(", ", found.stream().limit(MOST_NAMED).toList());
    return found.size() + " " + what + " (" + some + more + "). ";
  }

  CrashReport report() {
    return new CrashReport(
        kills, whileStarting, acknowledged, inFlightKept, lost, torn, phantom, forgotten, seed);
  }
}
