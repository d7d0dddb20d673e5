package ai.powertools.router;

/** What lies inside of an interceptor. */
public interface Chain {
  /** What is asked. */
  ChatRequest request();

  /** The call that this is part of. */
  Call call();

  /** Asks what lies inside; may be called again for another try. */
  ChatResponse proceed(ChatRequest request);

  /** The same chain with another listener for the text, to watch or to change it on its way. */
  Chain withListener(StreamListener listener);
}
