package ai.powertools.router;

import java.util.function.Function;

/** Tells a listener how a call ended, once, whichever layers are in between. */
final class Telling {
  private Telling() {}

  static <R> R theEnd(
      StreamListener listener,
      Function<StreamListener, R> call,
      Function<R, ChatResponse> response) {
    R result;
    try {
      result = call.apply(event -> pass(event, listener));
    } catch (RuntimeException e) {
      listener.on(new StreamEvent.Failed(e));
      throw e;
    }
    listener.on(new StreamEvent.Finished(response.apply(result)));
    return result;
  }

  private static void pass(StreamEvent event, StreamListener listener) {
    if (!(event instanceof StreamEvent.Finished) && !(event instanceof StreamEvent.Failed)) {
      listener.on(event);
    }
  }
}
