package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {
  private static final String LONG = "x".repeat(256);

  @Test
  void areTheSameInWhateverOrderTheyWereSaid() {
    Attributes one = Attributes.of("team", "search").with("user", "ada");
    Attributes other = Attributes.of(Map.of("user", "ada", "team", "search"));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString("team=search user=ada");
    assertThat(one).isNotEqualTo(one.with("user", "bob")).isNotEqualTo("team=search user=ada");
    assertThat(one.with("user", "ada")).isSameAs(one);
    assertThat(one.asMap()).isUnmodifiable();
  }

  @Test
  void othersWinWhereBothHaveAName() {
    Attributes one = Attributes.of("team", "search").with("user", "ada");

    assertThat(one.with(Attributes.of("user", "bob")))
        .isEqualTo(Attributes.of("team", "search").with("user", "bob"));
    assertThat(one.with(Attributes.NONE)).isEqualTo(one);
    assertThat(Attributes.NONE.with(one)).isEqualTo(one);
  }

  @Test
  void withoutTheLastOneThereAreNone() {
    Attributes one = Attributes.of("team", "search");

    assertThat(one.without("user")).isSameAs(one);
    assertThat(one.without("team")).isEqualTo(Attributes.NONE);
    assertThat(one.without("team").isEmpty()).isTrue();
    assertThat(Attributes.of(Map.of())).isEqualTo(Attributes.NONE);
    assertThat(one.get("team")).contains("search");
    assertThat(one.get("user")).isEmpty();
    assertThat(one.orBlank("user")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1st", "a b", "ä", "a\n", "a=b", "_a", "-"})
  void refusesANameThatIsNone(String name) {
    assertThatThrownBy(() -> Attributes.of(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + name
                + "\" can't be the name of an attribute: a letter, then up to 63 letters,"
                + " digits, _ . -");
  }

  @Test
  void refusesANameThatIsTooLongAndShowsItsBeginning() {
    assertThat(Attributes.of("a".repeat(64), "x").isEmpty()).isFalse();
    assertThatThrownBy(() -> Attributes.of("a".repeat(65), "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Attributes.of("a".repeat(1_000), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + "a".repeat(80) + "…\" can't");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\nb", "\u0000", "tab\t", "\u007f", "\ud83d", "\ude42\ud83d", "x\ud83d "})
  void refusesAValueThatNotEveryDatabaseKeeps(String value) {
    assertThatThrownBy(() -> Attributes.of("team", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Attribute team has a control character or half of one beyond U+FFFF at ");
    assertThatThrownBy(() -> Attributes.of(Map.of("team", value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNoValueAndOneThatIsTooLong() {
    assertThat(Attributes.of("team", LONG).get("team")).contains(LONG);
    assertThat(Attributes.of("team", "🙂=;\"'").get("team")).contains("🙂=;\"'");
    assertThatThrownBy(() -> Attributes.of("team", LONG + "x"))
        .hasMessage("Attribute team needs a value of 1 to 256 characters, not 257 or blanks.");
    assertThatThrownBy(() -> Attributes.of("team", ""))
        .hasMessage("Attribute team needs a value of 1 to 256 characters, not 0.");
  }

  @Test
  void theModelIsNoTag() {
    try (CostTracker tracker = CostTracker.builder().build()) {
      for (String name : new String[] {"model", "provider"}) {
        assertThatThrownBy(() -> tracker.trackCall("t").tag(name, "x"))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("Say the model with model(…); it has its provider.");
      }
      assertThatThrownBy(() -> tracker.trackCall(" ")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> tracker.trackCall("t").id(""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> tracker.trackCall("t").trace("a\nb"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
