package ai.powertools.router;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** A part of a message. */
public sealed interface Content {

  /** The part as plain text, as a model gets it that reads nothing else; empty if it has none. */
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
   * A text that the message is about, apart from what is said of it. All models read it.
   *
   * @param name what to call it, such as a file's name; one line
   * @param text what it says
   */
  record Document(String name, String text) implements Content {
    /** Refuses a name that is blank or of several lines. */
    public Document {
      requireName("document", name);
    }

    @Override
    public String asText() {
      return "<document name=\"" + name.replace('"', '\'') + "\">\n" + text + "\n</document>";
    }
  }

  /**
   * An image, for models that see; or one that a model made.
   *
   * @param media PNG, JPEG, GIF or WebP
   */
  record Image(Media media) implements Content {
    @Override
    public String asText() {
      return "";
    }
  }

  /**
   * A sound, for models that hear.
   *
   * @param media such as WAV or MP3
   */
  record Audio(Media media) implements Content {
    @Override
    public String asText() {
      return "";
    }
  }

  /**
   * A file that the model reads as pages, such as a PDF.
   *
   * @param name what to call it; one line
   * @param media what is in it
   */
  record File(String name, Media media) implements Content {
    /** Refuses a name that is blank or of several lines. */
    public File {
      requireName("file", name);
    }

    @Override
    public String asText() {
      return "";
    }
  }

  /**
   * A call of a tool, by the model.
   *
   * @param id what its result refers to; unique in the conversation
   * @param name the tool
   * @param json the arguments as the model wrote them: a JSON object, or the beginning of one if
   *     the answer was cut off
   * @param state what the vendor wants to see again with it
   */
  record ToolCall(String id, String name, String json, Optional<VendorState> state)
      implements Content {
    /** Refuses a call of nothing. */
    public ToolCall {
      if (name.isBlank()) {
        throw new IllegalArgumentException("A call needs the name of its tool.");
      }
    }

    /** A call without the vendor's own state. */
    public ToolCall(String id, String name, String json) {
      this(id, name, json, Optional.empty());
    }

    /** Whether the arguments are a whole JSON object. */
    public boolean isComplete() {
      return JsonText.object(json).isPresent();
    }

    /**
     * The arguments.
     *
     * @throws IllegalArgumentException if they are no JSON object, or only the beginning of one
     */
    public JsonNode arguments() {
      return JsonText.object(json)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "The arguments of the call of "
                          + name
                          + " are not a whole JSON object. If the answer's finish reason is LENGTH,"
                          + " allow more output tokens."));
    }

    /**
     * The arguments as a record or bean.
     *
     * @throws IllegalArgumentException if they are no JSON object or don't fit
     */
    public <T> T arguments(Class<T> type) {
      return JsonText.as(arguments(), type, "The arguments of the call of " + name);
    }

    /** Empty: a call is not something that is said. */
    @Override
    public String asText() {
      return "";
    }
  }

  /**
   * What a tool has answered.
   *
   * @param callId the {@link ToolCall#id} that it answers
   * @param name the tool
   * @param text the answer, in words or JSON; may be empty
   * @param failed whether the tool could not do it, and the text says why
   */
  record ToolResult(String callId, String name, String text, boolean failed) implements Content {
    @Override
    public String asText() {
      return text;
    }
  }

  /**
   * What the model thought before it answered, or a summary of it.
   *
   * @param text the thoughts; may be empty where the vendor keeps them to itself
   * @param state what the vendor wants to see again in the next turn, such as a signature
   */
  record Reasoning(String text, Optional<VendorState> state) implements Content {
    /** Empty: thoughts are not part of what is said. */
    @Override
    public String asText() {
      return "";
    }
  }

  /**
   * A part that only its vendor understands, such as a search that it ran by itself. It is sent
   * back to the same API as it came, and to no other.
   *
   * @param state the part, under the name {@code json}
   */
  record VendorPart(VendorState state) implements Content {
    @Override
    public String asText() {
      return "";
    }
  }

  /**
   * What an API gave with a part and wants back with it.
   *
   * @param api whose it is, as in {@code anthropic}; others never see it
   * @param fields by the API's own names
   */
  record VendorState(String api, Map<String, String> fields) {
    /** Copies the fields. */
    public VendorState {
      fields = Map.copyOf(fields);
    }

    /** The field, if this belongs to the API and has it. */
    public Optional<String> get(String ofApi, String field) {
      return api.equals(ofApi) ? Optional.ofNullable(fields.get(field)) : Optional.empty();
    }

    /** Whose it is; the fields are the vendor's secret, and long. */
    @Override
    public String toString() {
      return api + " state";
    }
  }

  private static void requireName(String what, String name) {
    if (name.isBlank() || name.contains("\n") || name.contains("\r")) {
      throw new IllegalArgumentException("A " + what + " needs a name of one line.");
    }
  }
}
