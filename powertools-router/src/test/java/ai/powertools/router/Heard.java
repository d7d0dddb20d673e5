package ai.powertools.router;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that remembers the text it was told. */
final class Heard implements StreamListener {
  private final List<String> deltas = new CopyOnWriteArrayList<>();

  @Override
  public void on(StreamEvent event) {
    deltas.add(((StreamEvent.TextDelta) event).text());
  }

  List<String> deltas() {
    return deltas;
  }

  String text() {
    return String.join("", deltas);
  }
}
