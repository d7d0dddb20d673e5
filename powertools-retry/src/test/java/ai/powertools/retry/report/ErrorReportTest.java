package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Outcome;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reports as text, JSON and HTML. */
class ErrorReportTest {
  /** What would be a tag or an attribute of somebody else's, were it not escaped. */
  static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "</title></code></table><iframe src=//evil.example>",
          "<!-- ",
          "]]>",
          "&lt;b&gt;",
          "\u202egnp.exe",
          "\u001b[2J\u0000\ud800");

  private final VirtualClock clock = VirtualClock.at(Events.NOON);
  private final ErrorReports reports =
      ErrorReports.builder().time(clock).seed(1).maxGroups(2).build();

  private void add(ErrorKind kind, String key, String message, Outcome outcome) {
    AttemptSummary attempt =
        new AttemptSummary(1, Duration.ofMillis(80), Duration.ofMillis(400), kind, "E", message);
    reports.accept(
        new ErrorEvent(
            clock.instant(),
            key,
            kind,
            "HttpException",
            message,
            outcome,
            1,
            Duration.ofMillis(400),
            List.of(attempt)));
  }

  private ErrorReport report() {
    add(ErrorKind.PERMANENT, "anthropic", "401 invalid key", Outcome.DEGRADED);
    clock.advance(Duration.ofMinutes(20));
    add(ErrorKind.TRANSIENT, "", "Connection reset", Outcome.RECOVERED);
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofMinutes(1));
      for (int j = 0; j < 1 + i; j++) {
        String wait = "429 Rate limit reached, please try again in " + (i + 1) + "s. ";
        add(ErrorKind.THROTTLED, "openai/gpt-5", wait + "More words. ".repeat(12), Outcome.FAILED);
      }
    }
    return reports.snapshot();
  }

  static ErrorReport hostile() {
    ErrorReports reports = ErrorReports.builder().time(VirtualClock.at(Events.NOON)).build();
    for (String text : HOSTILE) {
      AttemptSummary attempt =
          new AttemptSummary(1, Duration.ZERO, Duration.ZERO, ErrorKind.UNKNOWN, text, text);
      reports.accept(
          new ErrorEvent(
              Events.NOON,
              text,
              ErrorKind.UNKNOWN,
              text,
              text,
              Outcome.FAILED,
              1,
              Duration.ZERO,
              List.of(attempt)));
    }
    return reports.snapshot();
  }

  @Test
  void textIsATable() {
    String id = report().groups().get(0).id();
    String reset = reports.snapshot().groups().get(1).id();

    assertThat(reports.snapshot().toText())
        .isEqualTo(
            """
            Errors from 2026-01-01 12:00 to 2026-01-01 12:50 UTC
            467 calls in 2 groups: 465 failed, 1 degraded, 1 recovered;
            467 failed attempts, 3 min 6 s of waits.

                COUNT SHARE  LAST HOUR    TREND    LAST SEEN         KIND, ERROR
                  465  >99%%   ·····▁▂▃▅▇▇ rising   2026-01-01 12:50  throttled, HttpException at openai/gpt-5
                       429 Rate limit reached, please try again in <duration>. More words. More words. More
                       words. More words. More words. More words. More words. More words. More words. More
                       words. More words. More words.
                       465 failed, 0 degraded, 0 recovered; first seen 2026-01-01 12:21; id %s
                    1   <1%%   ····▇······ steady   2026-01-01 12:20  transient, HttpException
                       Connection reset
                       0 failed, 0 degraded, 1 recovered; first seen 2026-01-01 12:20; id %s
                    1   <1%%   ▇·········· steady   2026-01-01 12:00  (others)
                       1 group not seen for the longest time
                       0 failed, 1 degraded, 0 recovered; first seen 2026-01-01 12:00
            """
                .formatted(id, reset));
  }

  @Test
  void noLineOfTheTextIsLongerThanAHundredColumnsOrMovesTheCursor() {
    RandomInput.check(
        200,
        input -> {
          ErrorReports random = ErrorReports.create();
          for (int i = input.ints(0, 5); i > 0; i--) {
            random.accept(
                new ErrorEvent(
                    Events.NOON,
                    input.text(150),
                    ErrorKind.UNKNOWN,
                    input.text(60),
                    input.text(900),
                    Outcome.FAILED,
                    1,
                    Duration.ZERO,
                    List.of()));
          }
          String text = random.snapshot().toText();

          assertThat(text.lines()).allMatch(line -> line.length() <= 100);
          assertThat(text.chars()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
        });
  }

  @Test
  void aReportOfNothingSaysSo() {
    ErrorReport none = reports.snapshot();

    assertThat(none.toText())
        .isEqualTo("Errors from 2026-01-01 12:00 to 2026-01-01 12:00 UTC\nNone.\n");
    assertThat(none.toHtml()).contains("<p>None.</p>").doesNotContain("<table>");
    assertThat(none.toString())
        .isEqualTo("ErrorReport[0 errors in 0 groups since " + Events.NOON + "]");
  }

  @Test
  void jsonHasAllOfItUnderStableNames() throws Exception {
    ErrorReport report = report();
    JsonNode json = new ObjectMapper().readTree(report.toJson());

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "version", "generatedAt", "since", "total", "groups", "foldedGroups", "folded");
    assertThat(json.get("version").asInt()).isEqualTo(1);
    assertThat(json.get("since").asText()).isEqualTo("2026-01-01T12:00:00Z");
    assertThat(json.get("total").toString())
        .isEqualTo(
            "{\"count\":467,\"failed\":465,\"degraded\":1,\"recovered\":1,\"failures\":467,"
                + "\"waited\":\"PT3M6.8S\"}");
    JsonNode group = json.get("groups").get(0);
    assertThat(group.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "kind",
            "key",
            "type",
            "pattern",
            "tally",
            "firstSeen",
            "lastSeen",
            "trend",
            "samples");
    assertThat(group.get("id").asText()).isEqualTo(report.groups().get(0).id());
    assertThat(group.get("kind").asText()).isEqualTo("THROTTLED");
    assertThat(group.get("tally").get("failed").asInt()).isEqualTo(465);
    assertThat(group.get("trend").get("direction").asText()).isEqualTo("RISING");
    assertThat(group.get("trend").get("minutes")).hasSize(51);
    assertThat(group.get("trend").get("hours").toString()).isEqualTo("[465]");
    assertThat(group.get("samples")).hasSize(5);
    assertThat(group.get("samples").get(0).get("attempts").get(0).get("waited").asText())
        .isEqualTo("PT0.4S");
    assertThat(json.get("foldedGroups").asInt()).isEqualTo(1);
    assertThat(json.get("folded").get("tally").get("degraded").asInt()).isEqualTo(1);
  }

  @Test
  void hostileTextIsReadBackFromJsonAsItWasKept() throws Exception {
    ErrorReport report = hostile();
    JsonNode groups = new ObjectMapper().readTree(report.toJson()).get("groups");

    assertThat(groups).hasSize(HOSTILE.size());
    for (int i = 0; i < HOSTILE.size(); i++) {
      assertThat(groups.get(i).get("samples").get(0).get("message").asText())
          .isEqualTo(report.groups().get(i).samples().get(0).message());
    }
  }

  @Test
  void theDocumentHasATitleALanguageAndATableWithHeaders() {
    String html = report().toHtml();

    assertThat(html)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<title>Errors from 2026-01-01 12:00 to 2026-01-01 12:50 UTC</title>")
        .contains("prefers-color-scheme: dark")
        .contains("<caption>Groups of errors that are the same, the largest first</caption>")
        .contains("<th scope=\"col\">Error</th>")
        .contains("<th scope=\"row\"><bdi>HttpException at openai/gpt-5</bdi>")
        .contains("<title>465 errors in the last hour, at most 30 a minute: rising</title>")
        .contains("<span class=\"rising\">rising</span>")
        .contains("<rect x=\"118\" y=\"0.0\" width=\"2\" height=\"24.0\"/>")
        .contains("<time datetime=\"2026-01-01T12:50:00Z\">2026-01-01 12:50</time>")
        .contains("attempt 1, throttled after 80 ms, then a wait of 400 ms: E: 429 Rate limit")
        .contains("Others: 1 group not seen for the longest time")
        .endsWith("</html>\n");
  }

  @Test
  void thePageNeedsNothingElseAndRunsNothing() {
    assertThat(report().toHtml() + hostile().toHtml())
        .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
        .doesNotContainPattern("<(script|link|img|iframe|object|embed|base|form|a)\\b")
        .doesNotContainPattern("(?i)\\s(src|href|on[a-z]+)=\"")
        .doesNotContain("url(", "@import", "<!--");
  }

  /** Whatever messages say, the page has the tags of a page of messages that say nothing. */
  @Test
  void noTextMakesATag() {
    Pattern tag = Pattern.compile("</?([a-zA-Z!][a-zA-Z0-9]*)");
    assertThat(tag.matcher(hostile().toHtml()).results().map(match -> match.group(1)))
        .isSubsetOf(
            "!DOCTYPE",
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "h1",
            "p",
            "div",
            "table",
            "caption",
            "thead",
            "tr",
            "th",
            "tbody",
            "td",
            "bdi",
            "code",
            "span",
            "details",
            "summary",
            "ol",
            "ul",
            "li",
            "time",
            "svg",
            "rect");
    assertThat(hostile().toHtml())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;")
        .contains("&amp;lt;b&amp;gt;")
        .doesNotContain("\u202e", "\u001b", "\u0000");
  }

  @Test
  void numbersSharesAndDurationsAreReadable() {
    assertThat(Shown.number(1_234_567)).isEqualTo("1,234,567");
    assertThat(Shown.share(0, 0)).isEqualTo("0%");
    assertThat(Shown.share(1, 1_000)).isEqualTo("<1%");
    assertThat(Shown.share(1, 3)).isEqualTo("33%");
    assertThat(Shown.share(999, 1_000)).isEqualTo(">99%");
    assertThat(Shown.share(3, 3)).isEqualTo("100%");
    assertThat(Shown.duration(Duration.ofMillis(9_999))).isEqualTo("9999 ms");
    assertThat(Shown.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Shown.duration(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
    assertThat(Shown.duration(Duration.ofMinutes(62))).isEqualTo("1 h 2 min");
    assertThat(Shown.duration(Duration.ofHours(49))).isEqualTo("2 d 1 h");
    assertThat(Shown.counted(1, "call")).isEqualTo("1 call");
  }
}
