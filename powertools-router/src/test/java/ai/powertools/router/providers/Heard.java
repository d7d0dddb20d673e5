package ai.powertools.router.providers;

import ai.powertools.router.StreamEvent;
import ai.powertools.router.StreamListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that remembers what it was told, and the text apart. */
final class Heard implements StreamListener {
  private final List<String> deltas = new CopyOnWriteArrayList<>();
  private final List<StreamEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void on(StreamEvent event) {
    events.add(event);
    if (event instanceof StreamEvent.TextDelta delta) {
      deltas.add(delta.text());
    }
  }

  /** All of it, in order. */
  List<StreamEvent> events() {
    return events;
  }

  List<String> deltas() {
    return deltas;
  }

  String text() {
    return String.join("", deltas);
  }
}
