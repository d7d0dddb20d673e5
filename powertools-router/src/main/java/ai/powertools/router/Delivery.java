package ai.powertools.router;

/**
 * Whether the caller has been told some of the answer. Watched here, where it can't be got wrong:
 * an error need not know what became of the text on its way through the layers.
 */
final class Delivery {
  private volatile boolean begun;

  /** The call, with a listener that this sees; what is inside of the choice gets that one. */
  Call watched(Call call) {
    return call.listener().map(told -> call.with(watching(told))).orElse(call);
  }

  /** Whether another try would repeat something. */
  boolean begun() {
    return begun;
  }

  private StreamListener watching(StreamListener told) {
    return event -> {
      if (event instanceof StreamEvent.Finished || event instanceof StreamEvent.Failed) {
        return; // the router tells the end, once, when all layers are done with it
      }
      // What was used is no part of the answer.
      begun |= !(event instanceof StreamEvent.UsageUpdate);
      told.on(event);
    };
  }
}
