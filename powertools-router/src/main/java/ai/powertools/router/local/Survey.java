package ai.powertools.router.local;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.router.ServerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Asks all servers at once. Thread-safe. */
final class Survey {
  private final List<Host> hosts;

  Survey(List<Host> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  /** How each is. */
  List<ServerHealth> health(Deadline deadline) {
    return each(host -> host.server().health(), (host, silence) -> silence, deadline);
  }

  /**
   * What each has.
   *
   * @param closely whether to ask for each model alone too
   */
  List<Shelf> shelves(boolean closely, Deadline deadline) {
    return each(host -> Shelf.of(host, closely), Shelf::silent, deadline);
  }

  /** What becomes of a server that has not answered in time. */
  @FunctionalInterface
  private interface Silence<T> {
    T of(Host host, ServerHealth silence);
  }

  private <T> List<T> each(Function<Host, T> question, Silence<T> silence, Deadline deadline) {
    List<Callable<T>> questions = new ArrayList<>();
    hosts.forEach(host -> questions.add(() -> question.apply(host)));
    Duration left = deadline.remaining();
    try {
      List<Optional<T>> answers = AtOnce.ask(questions, left);
      List<T> all = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        Host host = hosts.get(i);
        all.add(answers.get(i).orElseGet(() -> silence.of(host, late(left))));
      }
      return all;
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("asking servers for their models", e);
    }
  }

  private static ServerHealth late(Duration left) {
    return new ServerHealth(
        ServerHealth.Status.DOWN, "it gave no answer within " + left.toMillis() + " ms");
  }
}
