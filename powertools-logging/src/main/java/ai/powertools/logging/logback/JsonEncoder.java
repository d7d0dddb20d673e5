package ai.powertools.logging.logback;

import ai.powertools.logging.Redactor;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event as one JSON object on one line, in UTF-8 and without secrets:
 *
 * <pre>{@code
 * {"ts":"2026-01-01T12:00:00.123456Z","level":"INFO","logger":"app","event":"api_call",
 *  "thread":"main","tokens":1500,"trace_id":"4bf9…",
 *  "error":{"type":"java.io.IOException","message":"…","stack":"…"}}
 * }</pre>
 *
 * <p>{@code event} is the message as the code has it; where arguments fill it in, {@code message}
 * is what results. The event's fields follow, then its context, all at the top. A name that is
 * taken already gets a number, so that nothing is lost: {@code ts_2}, {@code user_id_2}.
 *
 * <p>For use in {@code logback.xml}. Safe for use by many threads once started.
 */
public final class JsonEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter MICROS =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter().withZone(ZoneOffset.UTC);

  private static final Set<String> OURS =
      Set.of("ts", "level", "logger", "event", "message", "thread", "error");

  private Redactor redactor = Redactor.standard();

  /** Encodes with the standard redactor. */
  public JsonEncoder() {}

  /** Uses another redactor; before the encoder is started. */
  public void setRedactor(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Whether e-mail addresses are masked too; for {@code logback.xml}. False by default. */
  public void setRedactEmails(boolean redactEmails) {
    redactor = redactEmails ? redactor.withEmails() : redactor;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return line(event).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  String line(ILoggingEvent event) {
    JsonWriter json = new JsonWriter(redactor);
    String template = text(event.getMessage());
    String message = text(event.getFormattedMessage());
    json.beginObject();
    json.name("ts");
    json.plain(MICROS.format(event.getInstant()));
    json.name("level");
    json.plain(event.getLevel().toString());
    json.name("logger");
    json.string(event.getLoggerName());
    json.name("event");
    json.string(template);
    if (!message.equals(template)) {
      json.name("message");
      json.string(message);
    }
    json.name("thread");
    json.string(text(event.getThreadName()));
    fields(json, event);
    error(json, event.getThrowableProxy());
    json.endObject();
    return json.line();
  }

  private static void fields(JsonWriter json, ILoggingEvent event) {
    List<KeyValuePair> fields = event.getKeyValuePairs();
    Map<String, String> context = event.getMDCPropertyMap();
    Set<String> taken = new HashSet<>(OURS);
    if (fields != null) {
      for (KeyValuePair field : fields) {
        json.member(free(field.key, taken), field.value);
      }
    }
    context.forEach((key, value) -> json.member(free(key, taken), value));
  }

  private static String free(String key, Set<String> taken) {
    String free = key;
    for (int number = 2; !taken.add(free); number++) {
      free = key + "_" + number;
    }
    return free;
  }

  private static void error(JsonWriter json, @Nullable IThrowableProxy error) {
    if (error != null) {
      json.name("error");
      json.beginObject();
      json.name("type");
      json.string(error.getClassName());
      json.name("message");
      json.string(text(error.getMessage()));
      json.name("stack");
      json.string(ThrowableProxyUtil.asString(error));
      json.endObject();
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
