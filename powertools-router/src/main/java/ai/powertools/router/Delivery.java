package ai.powertools.router;

import org.jspecify.annotations.Nullable;

/**
 * Whether the caller has been told some of the answer. Watched here, where it can't be got wrong:
 * an error need not know what became of the text on its way through the layers.
 */
final class Delivery {
  /** The words that have been told; null where they are not kept. */
  private final @Nullable StringBuilder text;

  private volatile boolean begun;
  private volatile boolean others;

  Delivery() {
    this(false);
  }

  /** Keeps the text as well, if asked to. */
  Delivery(boolean keeping) {
    this.text = keeping ? new StringBuilder() : null;
  }

  /** The call, with a listener that this sees; what is inside of the choice gets that one. */
  Call watched(Call call) {
    return call.listener().map(told -> call.with(watching(told))).orElse(call);
  }

  /** Whether another try would repeat something. */
  boolean begun() {
    return begun;
  }

  /** Whether nothing but words has been told. */
  boolean wordsOnly() {
    return !others && text != null && !text.toString().isBlank();
  }

  /** The words that have been told, if they are kept. */
  String text() {
    return text == null ? "" : text.toString();
  }

  private StreamListener watching(StreamListener told) {
    return event -> {
      if (event instanceof StreamEvent.Finished || event instanceof StreamEvent.Failed) {
        return; // the router tells the end, once, when all layers are done with it
      }
      if (event instanceof StreamEvent.TextDelta delta) {
        begun = true;
        if (text != null) {
          text.append(delta.text());
        }
      } else if (!(event instanceof StreamEvent.UsageUpdate)) {
        // What was used is no part of the answer.
        begun = true;
        others |= event instanceof StreamEvent.ToolCallDelta;
      }
      told.on(event);
    };
  }
}
