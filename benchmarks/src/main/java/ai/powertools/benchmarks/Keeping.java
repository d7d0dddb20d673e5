package ai.powertools.benchmarks;

import ai.powertools.session.CborCodec;
import ai.powertools.session.Compression;
import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import ai.powertools.session.SessionsBuilder;
import java.util.List;

/**
 * A way to keep conversations.
 *
 * @param name for people
 * @param compression how values are compressed
 * @param trained whether a dictionary is made first, of other conversations
 * @param binary whether values are CBOR, not JSON
 * @param together how many messages are one entry
 */
record Keeping(
    String name, Compression compression, boolean trained, boolean binary, int together) {
  private static final int HIGH = 19;

  /** Those that are compared, the plain one first. */
  static List<Keeping> all() {
    Compression fast = Compression.zstd();
    Compression slow = fast.level(HIGH);
    return List.of(
        new Keeping("compression off", Compression.off(), false, false, 1),
        new Keeping("zstd 3", fast, false, false, 1),
        new Keeping("zstd 19", slow, false, false, 1),
        new Keeping("zstd 3 with dictionary", fast, true, false, 1),
        new Keeping("zstd 9 with dictionary", fast.level(9), true, false, 1),
        new Keeping("zstd 19 with dictionary", slow, true, false, 1),
        new Keeping("zstd 19 with dictionary, CBOR", slow, true, true, 1),
        new Keeping("zstd 19 with dictionary, 2 messages an entry", slow, true, false, 2),
        new Keeping("zstd 3, 10 messages an entry", fast, false, false, 10),
        new Keeping("zstd 19 with dictionary, 10 messages an entry", slow, true, false, 10));
  }

  /** What sessions are opened with. */
  SessionsBuilder builder() {
    SessionsBuilder builder = Sessions.builder().compression(compression);
    return binary ? builder.codec(CborCodec.standard()) : builder;
  }

  /** Appends a conversation to the log {@code chat}, durably. */
  void append(Session session, List<ChatEntry> conversation) {
    if (together == 1) {
      session.appendAll("chat", conversation);
      return;
    }
    for (int i = 0; i < conversation.size(); i += together) {
      List<ChatEntry> some = conversation.subList(i, Math.min(conversation.size(), i + together));
      session.append("chat", List.copyOf(some));
    }
  }
}
