package ai.powertools.router;

/** A part of a message. */
public sealed interface Content {

  /** The part as plain text, as it is sent to a model that reads nothing else. */
  String asText();

  /**
   * Words.
   *
   * @param text what is said
   */
  record Text(String text) implements Content {
    @Override
    public String asText() {
      return text;
    }
  }

  /**
   * A text that the message is about, apart from what is said of it.
   *
   * @param name what to call it, such as a file's name; one line
   * @param text what it says
   */
  record Document(String name, String text) implements Content {
    /** Refuses a name that is blank or of several lines. */
    public Document {
      if (name.isBlank() || name.contains("\n") || name.contains("\r")) {
        throw new IllegalArgumentException("A document needs a name of one line.");
      }
    }

    @Override
    public String asText() {
      return "<document name=\"" + name.replace('"', '\'') + "\">\n" + text + "\n</document>";
    }
  }
}
