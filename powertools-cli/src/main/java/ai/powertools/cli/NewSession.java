package ai.powertools.cli;

import ai.powertools.logging.TraceId;

/** Names for conversations that were not given one: short enough to be typed again. */
final class NewSession {
  private static final int LENGTH = 8;

  private NewSession() {}

  static String id() {
    return TraceId.fresh().hex().substring(0, LENGTH);
  }
}
