package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;

/** What a simulated answer claims to have used. */
record Tokens(int prompt, int completion) {
  Tokens {
    if (prompt < 0 || completion < 0) {
      throw new IllegalArgumentException(
          "Token counts can't be negative: " + prompt + " and " + completion + ".");
    }
  }

  /** One token a word: no tokenizer's truth, but countable by whoever writes the test. */
  static Tokens counted(JsonNode request, String answer) {
    int prompt = 0;
    for (JsonNode message : request.path("messages")) {
      prompt += words(textOf(message));
    }
    return new Tokens(prompt, words(answer));
  }

  /** The text of a message, whether its content is a string or a list of parts. */
  static String textOf(JsonNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }
}
