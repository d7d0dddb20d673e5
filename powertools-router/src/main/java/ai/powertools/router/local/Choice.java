package ai.powertools.router.local;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A server that has a model, among several: one that is ready; one that has it in memory before one
 * that has not; then the first.
 *
 * @param host the server
 * @param served the model, by the name that the server has for it
 */
record Choice(Host host, ServedModel served) {
  /** The server's own name of the model. */
  String name() {
    return served.model().name();
  }

  /**
   * The best one.
   *
   * @param fit what else the server must be
   */
  static Optional<Choice> among(List<Shelf> shelves, ModelName name, Predicate<Host> fit) {
    return shelves.stream()
        .filter(shelf -> shelf.health().isReady() && fit.test(shelf.host()))
        .flatMap(shelf -> shelf.models().stream().map(model -> new Choice(shelf.host(), model)))
        .filter(choice -> name.matches(choice.name()))
        .min(Comparator.comparing(choice -> !choice.served().loaded())); // the first of equals
  }
}
