package ai.powertools.router.providers;

import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads an answer off an exchange, whole or as a stream. */
final class AnswerReader {
  /** How the events of a stream are told apart. */
  enum Framing {
    /** Server-sent events. */
    SSE,
    /** One JSON object a line. */
    LINES
  }

  private final Exchange exchange;
  private final Decoder decoder;

  private AnswerReader(Exchange exchange, Decoder decoder) {
    this.exchange = exchange;
    this.decoder = decoder;
  }

  /** An answer that comes as one JSON object. */
  static ChatResponse whole(Exchange exchange, Answer answer, Decoder decoder) {
    answer.report().rateLimits(exchange.rateLimits());
    try {
      decoder.whole(exchange.readAll().json());
    } catch (JsonProcessingException e) {
      throw malformed(exchange, "it is not JSON");
    }
    return decoder.response(exchange.requestId());
  }

  /** An answer that comes piece by piece. */
  static ChatResponse stream(Exchange exchange, Answer answer, Decoder decoder, Framing framing) {
    answer.report().rateLimits(exchange.rateLimits());
    new AnswerReader(exchange, decoder).read(framing);
    return decoder.response(exchange.requestId());
  }

  /** Without the parser's words, which may quote what it stumbled over. */
  static ProviderException malformed(Exchange exchange, String why) {
    return exchange
        .failure(ErrorKind.MALFORMED_RESPONSE, "the answer can't be read: " + why)
        .build();
  }

  private void read(Framing framing) {
    SseReader events = new SseReader(this::event);
    Lines lines = new Lines(this::line);
    @Nullable IOException broken;
    try {
      broken =
          exchange.pump(framing == Framing.SSE ? events::feed : lines::feed, decoder::hasEnded);
    } catch (IOException e) {
      throw malformed(exchange, "an event of the stream is not JSON");
    }
    giveLast(framing == Framing.SSE ? events::end : lines::end);
    if (!decoder.isWhole()) {
      throw exchange.cut(broken);
    }
  }

  /** The last event may lack its end, or be half of one. */
  private interface Last {
    void give() throws IOException;
  }

  private static void giveLast(Last last) {
    try {
      last.give();
    } catch (IOException halfAnEvent) {
      // Whether something is missing, the decoder knows.
    }
  }

  private void event(String name, byte[] data, int length) throws IOException {
    if (!decoder.hasEnded()) {
      decoder.event(name, data, length);
    }
  }

  private void line(byte[] bytes, int from, int to) throws IOException {
    int start = from;
    while (start < to && bytes[start] <= ' ') {
      start++;
    }
    if (start < to && !decoder.hasEnded()) {
      byte[] line = start == 0 ? bytes : Arrays.copyOfRange(bytes, start, to);
      decoder.event("", line, to - start);
    }
  }
}
