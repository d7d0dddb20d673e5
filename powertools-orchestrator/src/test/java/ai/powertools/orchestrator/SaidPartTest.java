package ai.powertools.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.router.Content;
import ai.powertools.router.Media;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SaidPartTest {
  private static final Content.VendorState STATE =
      new Content.VendorState("anthropic", Map.of("signature", "s1"));
  private static final Media PNG = Media.ofBase64("aGk=", "image/png");

  @Test
  void keepsEveryKindOfContent() {
    List<Content> contents =
        List.of(
            new Content.Text("words"),
            new Content.Document("a.txt", "text"),
            new Content.Image(PNG),
            new Content.Image(Media.at(URI.create("https://example.org/a.png"), "image/png")),
            new Content.Audio(Media.ofBase64("aGk=", "audio/wav")),
            new Content.File("a.pdf", Media.ofBase64("aGk=", "application/pdf")),
            new Content.ToolCall("1", "look", "{}", Optional.of(STATE)),
            new Content.ToolCall("2", "look", "{}"),
            new Content.ToolResult("1", "look", "found", false),
            new Content.ToolResult("2", "look", "not there", true),
            new Content.Reasoning("Hm.", Optional.of(STATE)),
            new Content.Reasoning("Hm.", Optional.empty()),
            new Content.VendorPart(STATE));

    for (Content content : contents) {
      assertThat(SaidPart.of(content).content()).isEqualTo(content);
    }
  }

  @Test
  void readsWhatWasKeptBeforeThereWasAnythingElse() {
    assertThat(new SaidPart("", "words", null).content()).isEqualTo(new Content.Text("words"));
    assertThat(new SaidPart("a.txt", "text", Map.of()).content())
        .isEqualTo(new Content.Document("a.txt", "text"));
  }

  @Test
  void takesTheWordsOfAKindThatItDoesNotKnow() {
    assertThat(new SaidPart("", "words", Map.of("kind", "smell")).content())
        .isEqualTo(new Content.Text("words"));
  }
}
