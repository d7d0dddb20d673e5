package ai.powertools.retry.kept;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who can drive letters again, by their task. Immutable. */
public final class Redrivers {
  private final List<Known> known;

  private Redrivers(List<Known> known) {
    this.known = List.copyOf(known);
  }

  private record Known(Predicate<String> tasks, Redriver redriver) {}

  /** One that drives letters of this task; others are left where they are. */
  public static Redrivers of(String task, Redriver redriver) {
    return where(task::equals, redriver);
  }

  /** One that drives letters whose task is one of these. */
  public static Redrivers where(Predicate<String> tasks, Redriver redriver) {
    return new Redrivers(List.of(new Known(tasks, redriver)));
  }

  /** One that drives letters of any task. */
  public static Redrivers any(Redriver redriver) {
    return where(task -> true, redriver);
  }

  /** And another one for another task, if none of those before knows it. */
  public Redrivers and(String task, Redriver redriver) {
    List<Known> more = new ArrayList<>(known);
    more.add(new Known(task::equals, redriver));
    return new Redrivers(more);
  }

  Optional<Redriver> find(String task) {
    return known.stream().filter(one -> one.tasks().test(task)).findFirst().map(Known::redriver);
  }
}
