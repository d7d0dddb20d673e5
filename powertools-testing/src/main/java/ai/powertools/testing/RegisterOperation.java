package ai.powertools.testing;

/**
 * What can be done to a register that holds a text. Its text and {@link #parse} are each other's
 * reverse, for the files of a {@link HistoryLog}. Values have no spaces.
 */
public sealed interface RegisterOperation {
  /** Answered by the value. */
  record Read() implements RegisterOperation {
    @Override
    public String toString() {
      return "read";
    }
  }

  /**
   * Answered by anything.
   *
   * @param value what it holds from then on
   */
  record Write(String value) implements RegisterOperation {
    /** Refuses spaces. */
    public Write {
      word(value);
    }

    @Override
    public String toString() {
      return "write " + value;
    }
  }

  /**
   * Answered by {@code true} if it held what was expected, and now holds the value, or else by
   * {@code false}.
   *
   * @param expected what it must hold
   * @param value what it holds from then on
   */
  record CompareAndSet(String expected, String value) implements RegisterOperation {
    /** Refuses spaces. */
    public CompareAndSet {
      word(expected);
      word(value);
    }

    @Override
    public String toString() {
      return "cas " + expected + " " + value;
    }
  }

  /**
   * Answered by anything.
   *
   * @param value what is put behind what it holds
   */
  record Append(String value) implements RegisterOperation {
    /** Refuses spaces. */
    public Append {
      word(value);
    }

    @Override
    public String toString() {
      return "append " + value;
    }
  }

  /**
   * From its text.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static RegisterOperation parse(String text) {
    String[] words = text.split(" ", -1);
    String form = words[0] + " " + (words.length - 1);
    return switch (form) {
      case "read 0" -> new Read();
      case "write 1" -> new Write(words[1]);
      case "append 1" -> new Append(words[1]);
      case "cas 2" -> new CompareAndSet(words[1], words[2]);
      default ->
          throw new IllegalArgumentException(
              "\"" + text + "\" is none of: read, write V, cas V V, append V.");
    };
  }

  private static void word(String value) {
    if (value.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("\"" + value + "\" has a space: values are one word.");
    }
  }
}
