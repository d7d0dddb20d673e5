package ai.powertools.logging.logback;

import ai.powertools.core.Secret;
import ai.powertools.logging.Redactor;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line of JSON. Every string in it, names included, goes through the redactor; a value
 * under the name of a secret is masked whatever it is. Control characters are escaped, halves of
 * surrogate pairs replaced: the line is valid JSON and UTF-8 whatever it is given.
 */
final class JsonWriter {
  /** Deeper values are written as text; also what ends a collection that contains itself. */
  private static final int DEEPEST = 6;

  /** From here on a number has as many digits as the number of a payment card. */
  private static final long CARD = 10_000_000_000_000L;

  private final StringBuilder out = new StringBuilder(512);
  private final Redactor redactor;
  private boolean first = true;

  JsonWriter(Redactor redactor) {
    this.redactor = redactor;
  }

  void beginObject() {
    begin('{');
  }

  void endObject() {
    end('}');
  }

  /** Writes a name; a value must follow. */
  void name(String name) {
    separate();
    quoted(redactor.redact(name));
    out.append(':');
    first = true; // no comma in front of what follows
  }

  /** Writes a member, masked if its name says so. */
  void member(String name, @Nullable Object value) {
    member(name, value, 0);
  }

  /** Writes a string that is redacted. */
  void string(String text) {
    separate();
    quoted(redactor.redact(text));
  }

  /** Writes a string that can't contain a secret. */
  void plain(String text) {
    separate();
    quoted(text);
  }

  String line() {
    return out.append('\n').toString();
  }

  private void member(String name, @Nullable Object value, int depth) {
    name(name);
    if (redactor.isSecret(name)) {
      plain(redactor.redactField(name, null));
    } else {
      value(value, depth);
    }
  }

  private void value(@Nullable Object value, int depth) {
    if (value == null) {
      raw("null");
    } else if (value instanceof String text) {
      string(text);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Boolean) {
      raw(value.toString());
    } else if (value instanceof Secret) {
      plain(value.toString());
    } else if (value instanceof Optional<?> optional) {
      value(optional.orElse(null), depth);
    } else if (depth >= DEEPEST) {
      string(Values.text(value));
    } else if (value instanceof Map<?, ?> map) {
      object(map, depth + 1);
    } else if (value instanceof Iterable<?> elements && !(value instanceof java.nio.file.Path)) {
      array(elements, depth + 1);
    } else if (value.getClass().isArray()) {
      array(value, depth + 1);
    } else {
      string(Values.text(value));
    }
  }

  private void number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      boolean finite = Double.isFinite(number.doubleValue());
      if (finite) {
        raw(number.toString());
      } else {
        plain(number.toString()); // JSON has no NaN and no infinities
      }
    } else if (isWhole(number)) {
      whole(number);
    } else if (number instanceof BigDecimal) {
      raw(number.toString());
    } else {
      string(Values.text(number));
    }
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number instanceof BigInteger
        || number instanceof AtomicLong
        || number instanceof AtomicInteger;
  }

  private void whole(Number number) {
    String digits = number.toString();
    boolean mayBeCard = Math.abs(number.longValue()) >= CARD && digits.length() < 20;
    String redacted = mayBeCard ? redactor.redact(digits) : digits;
    if (redacted.equals(digits)) {
      raw(digits);
    } else {
      plain(redacted);
    }
  }

  private void object(Map<?, ?> map, int depth) {
    begin('{');
    map.forEach((name, value) -> member(Values.text(name), value, depth));
    end('}');
  }

  private void array(Iterable<?> elements, int depth) {
    begin('[');
    for (Object element : elements) {
      value(element, depth);
    }
    end(']');
  }

  private void array(Object array, int depth) {
    begin('[');
    for (int i = 0; i < Array.getLength(array); i++) {
      value(Array.get(array, i), depth);
    }
    end(']');
  }

  private void begin(char bracket) {
    separate();
    out.append(bracket);
    first = true;
  }

  private void end(char bracket) {
    out.append(bracket);
    first = false;
  }

  private void raw(String json) {
    separate();
    out.append(json);
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Values.isControl(c)) {
        Values.escape(out, c);
      } else if (Character.isSurrogate(c)) {
        i += surrogate(text, i);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** Writes a pair as it is, half of one as U+FFFD; gives how many more characters it took. */
  private int surrogate(String text, int at) {
    boolean pair =
        Character.isHighSurrogate(text.charAt(at))
            && at + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(at + 1));
    if (pair) {
      out.append(text, at, at + 2);
    } else {
      out.append('\uFFFD');
    }
    return pair ? 1 : 0;
  }
}
