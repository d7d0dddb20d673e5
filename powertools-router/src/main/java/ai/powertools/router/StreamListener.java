package ai.powertools.router;

/**
 * Told what happens while an answer arrives, on the thread that reads it. An error that it throws
 * ends the call.
 */
@FunctionalInterface
public interface StreamListener {
  /** Something arrived. */
  void on(StreamEvent event);
}
