package ai.powertools.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void freshOnesAreWellFormedAndDifferent() {
    Set<TraceId> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      TraceId id = TraceId.fresh();
      assertThat(id.toString()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
      seen.add(id);
    }
    assertThat(seen).hasSize(1000);
  }

  @Test
  void isNotAllZerosWhateverTheRandomSourceGives() {
    TraceId id = TraceId.fresh(() -> 0L);
    assertThat(id.hex()).isEqualTo("0".repeat(31) + "1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + TRACE + "-00f067aa0ba902b7-01",
        "00-" + TRACE + "-00f067aa0ba902b7-00",
        "01-" + TRACE + "-00f067aa0ba902b7-01",
        "cc-" + TRACE + "-00f067aa0ba902b7-01-what-the-future-will-be-like"
      })
  void readsTheHeaderOfThisVersionAndOfLaterOnes(String header) {
    assertThat(TraceId.fromTraceparent(header)).contains(new TraceId(TRACE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "00-" + TRACE + "-00f067aa0ba902b7",
        "ff-" + TRACE + "-00f067aa0ba902b7-01",
        "0x-" + TRACE + "-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-" + TRACE + "-00f067aa0ba902b7-0x",
        "00-" + TRACE + "-00f067aa0ba902b7-01-more",
        "cc-" + TRACE + "-00f067aa0ba902b7-01more",
        "00_" + TRACE + "-00f067aa0ba902b7-01",
        "00-" + TRACE + "_00f067aa0ba902b7-01",
        "00-" + TRACE + "-00f067aa0ba902b7_01"
      })
  void takesNoIdFromAHeaderThatBreaksTheRules(String header) {
    assertThat(TraceId.fromTraceparent(header)).isEmpty();
  }

  @Test
  void takesNoIdFromNoHeader() {
    assertThat(TraceId.fromTraceparent(null)).isEmpty();
  }

  @Test
  void goesOutAsAHeaderThatComesBackAsTheSameTrace() {
    TraceId id = new TraceId(TRACE);
    String header = id.toTraceparent();

    assertThat(header).matches("00-" + TRACE + "-[0-9a-f]{16}-01");
    assertThat(TraceId.fromTraceparent(header)).contains(id);
    assertThat(id.toTraceparent()).as("another span").isNotEqualTo(header);
  }

  @Test
  void refusesWhatIsNoId() {
    assertThatThrownBy(() -> new TraceId("XYZ"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A trace id is 32 lower-case hexadecimal digits, not all zero, and not \"XYZ\"");
  }
}
