package ai.powertools.logging.logback;

import ai.powertools.logging.Redactor;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event for people, in UTF-8 and without secrets:
 *
 * <pre>{@code
 * 12:00:00.123 WARN  api_call provider=openai tokens=1500 trace_id=4bf9…
 *   IOException: connection reset
 *   caused by EOFException: …
 * }</pre>
 *
 * <p>Control characters are shown escaped, so that no text can write lines of its own or command
 * the terminal. For use in {@code logback.xml}. Safe for use by many threads once started.
 */
public final class PrettyEncoder extends EncoderBase<ILoggingEvent> {
  private static final int MOST_CAUSES = 8;
  private static final String PLAIN = "\u001b[0m";
  private static final String DIM = "\u001b[2m";

  private Redactor redactor = Redactor.standard();
  private DateTimeFormatter time = clock(ZoneId.systemDefault());
  private boolean colour;

  /** Encodes with the standard redactor, in the system's time zone, without colour. */
  public PrettyEncoder() {}

  /** Uses another redactor; before the encoder is started. */
  public void setRedactor(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Whether e-mail addresses are masked too; for {@code logback.xml}. False by default. */
  public void setRedactEmails(boolean redactEmails) {
    redactor = redactEmails ? redactor.withEmails() : redactor;
  }

  /** Whether the level is coloured and names are dim. False by default. */
  public void setColour(boolean colour) {
    this.colour = colour;
  }

  /** The time zone of the times, as in {@code UTC}; the system's by default. */
  public void setZone(String zone) {
    time = clock(ZoneId.of(zone));
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    line.append(time.format(event.getInstant())).append(' ');
    level(line, event.getLevel());
    line.append(' ');
    shown(line, redactor.redact(Values.text(event.getFormattedMessage())));
    List<KeyValuePair> fields = event.getKeyValuePairs();
    if (fields != null) {
      fields.forEach(field -> field(line, field.key, field.value));
    }
    Map<String, String> context = event.getMDCPropertyMap();
    context.forEach((key, value) -> field(line, key, value));
    line.append('\n');
    error(line, event.getThrowableProxy());
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private static DateTimeFormatter clock(ZoneId zone) {
    return DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
  }

  private void level(StringBuilder line, Level level) {
    String padded = level.toString().length() < 5 ? level + " " : level.toString();
    if (colour) {
      line.append("\u001b[").append(code(level)).append('m').append(padded).append(PLAIN);
    } else {
      line.append(padded);
    }
  }

  private static String code(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "31"; // red
      case Level.WARN_INT -> "33"; // yellow
      case Level.INFO_INT -> "32"; // green
      default -> "36"; // cyan
    };
  }

  private void field(StringBuilder line, String key, @Nullable Object value) {
    line.append(' ').append(colour ? DIM : "");
    shown(line, redactor.redact(key));
    line.append('=').append(colour ? PLAIN : "");
    String text = redactor.redactField(key, Values.text(value));
    boolean quoted = text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '=');
    line.append(quoted ? "\"" : "");
    shown(line, quoted ? text.replace("\"", "\\\"") : text);
    line.append(quoted ? "\"" : "");
  }

  private void error(StringBuilder line, @Nullable IThrowableProxy error) {
    IThrowableProxy cause = error;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      String type = cause.getClassName();
      line.append(i == 0 ? "  " : "  caused by ");
      line.append(type, type.lastIndexOf('.') + 1, type.length());
      if (cause.getMessage() != null) {
        line.append(": ");
        shown(line, redactor.redact(cause.getMessage()));
      }
      line.append('\n');
      cause = cause.getCause();
    }
  }

  private static void shown(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Values.isControl(c)) {
        Values.escape(line, c);
      } else {
        line.append(c);
      }
    }
  }
}
