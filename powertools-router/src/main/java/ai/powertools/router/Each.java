package ai.powertools.router;

import java.io.IOException;

/** Takes the items of a stream as they become whole. */
@FunctionalInterface
interface Each<T> {
  void take(T item) throws IOException;
}
