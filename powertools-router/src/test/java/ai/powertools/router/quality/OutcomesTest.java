package ai.powertools.router.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {
  private static final String ROW =
      """
      {"set":"s","subject":"t","prompt":"Why?","weak":true,"strong":false}\
      """;

  @TempDir Path folder;

  private List<Outcome> read(String text) throws IOException {
    return Outcomes.read(Files.writeString(folder.resolve("rows.jsonl"), text));
  }

  private void refuses(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("rows.jsonl")
        .hasMessageContaining(message);
  }

  @Test
  void readsEveryRowInOrder() throws IOException {
    String other = ROW.replace("Why?", "How?\\nÄ").replace("false", "true");
    assertThat(read(ROW + "\n" + other + "\n"))
        .containsExactly(
            new Outcome("s", "t", "Why?", true, false),
            new Outcome("s", "t", "How?\nÄ", true, true));
  }

  @Test
  void takesOtherFieldsBlankLinesAndAByteOrderMark() throws IOException {
    String more = ROW.replace("{", "{\"id\":7,\"tags\":[{\"weak\":1}],\"note\":null,");
    assertThat(read("\uFEFF" + more + "\r\n\n   \n" + ROW)).hasSize(2);
  }

  @Test
  void saysWhichLineAndFieldIsWrong() {
    refuses(ROW + "\n\n{\"set\":\"s\"}", "line 3: the field \"subject\"");
    refuses(ROW.replace("\"Why?\"", "5"), "line 1: the field \"prompt\" must be a text");
    refuses(ROW.replace("Why?", " "), "line 1: the field \"prompt\" must be a text");
    refuses(ROW.replace("true", "1"), "line 1: the field \"weak\" must be true or false");
    refuses(ROW.replace("false", "\"false\""), "line 1: the field \"strong\" must be true");
    refuses(ROW.replace("\"set\":\"s\"", "\"set\":null"), "line 1: the field \"set\"");
  }

  @Test
  void refusesWhatIsNoRow() {
    refuses("[1]", "line 1: a row must be a JSON object");
    refuses(ROW + "\n" + ROW + ROW, "line 2: the line goes on");
    refuses(ROW + "\n{\"set\":", "line 2: this is not JSON");
    refuses(
        ROW.replace("\"subject\"", "\"set\""), "line 1: this is not JSON, or has a field twice");
    refuses("", "has no rows");
    refuses("\n \n", "has no rows");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    byte[] latin = (ROW + "\n" + ROW.replace("Why", "Ä")).getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("latin.jsonl"), latin);
    assertThatThrownBy(() -> Outcomes.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("latin.jsonl, line 2: this is no UTF-8 text");
  }

  @Test
  void saysWhichFileCanNotBeRead() {
    assertThatThrownBy(() -> Outcomes.read(folder.resolve("none.jsonl")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.jsonl: NoSuchFileException");
  }

  @Test
  void anOutcomeWithoutATextIsRefused() {
    assertThatThrownBy(() -> new Outcome("s", "", "p", true, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("subject");
  }
}
