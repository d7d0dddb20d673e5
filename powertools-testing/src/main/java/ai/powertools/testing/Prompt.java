package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a request says, whoever's dialect it is in. */
record Prompt(List<Said> said) {
  /** One message. */
  record Said(String role, String text) {}

  Prompt {
    said = List.copyOf(said);
  }

  /** Messages with a role and content, as most vendors have them. */
  static Prompt ofMessages(JsonNode messages) {
    List<Said> said = new ArrayList<>();
    for (JsonNode message : messages) {
      said.add(new Said(message.path("role").asText(""), text(message.path("content"))));
    }
    return new Prompt(said);
  }

  /** The same with a system prompt that stands apart. */
  Prompt withSystem(String text) {
    List<Said> all = new ArrayList<>();
    all.add(new Said("system", text));
    all.addAll(said);
    return new Prompt(all);
  }

  /** The text of content that is a string, or a list of parts that may have content themselves. */
  static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.isTextual() ? part.asText() : part.path("text").asText(""));
      text.append(text(part.path("content")));
    }
    return text.toString();
  }

  /** Empty when there is none. */
  String lastOfUser() {
    String last = "";
    for (Said message : said) {
      if (message.role().equals("user")) {
        last = message.text();
      }
    }
    return last;
  }

  int words() {
    return said.stream().mapToInt(message -> Words.count(message.text())).sum();
  }
}
