package ai.powertools.ratelimit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.testing.RandomInput;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
  private static final Policy POLICY = Policy.parse("requests=60/m burst 1");

  @Test
  void theTextHasTheNumbersAndAPlot() {
    TracedCall call = TracedCall.at(Duration.ZERO).patience(Duration.ofSeconds(4));
    List<TracedCall> calls = new ArrayList<>(Stream.generate(() -> call).limit(6).toList());
    calls.add(TracedCall.at(Duration.ofSeconds(59)));
    String text = Simulation.of(POLICY).run(CallTrace.of(calls)).text(60);
    assertThat(text)
        .startsWith(
            """
            policy    requests=60/m burst 1
            trace     7 calls
            calls     7 in 59.0 s: 6 let through, 1 refused
            waits     p50 1.00 s, p90 4.00 s, p99 4.00 s, longest 4.00 s
            refused   1\s""")
        .contains("\nused      10.0 % of 60 requests per minute\n")
        .contains("\n   4.00 s |#")
        .contains("\n        6 |x")
        .contains("x refused\n");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
  }

  @Test
  void everyPlotKeepsToItsWidth() {
    CallTrace trace = CallTrace.synthetic(Traffic.parse("rate=80/m,for=45m,patience=20s"));
    SimulationReport report = Simulation.of(POLICY).run(trace);
    for (int width = 40; width <= 400; width += 9) {
      String text = report.text(width);
      String plot = text.substring(text.indexOf("longest wait, by when"));
      int most = Math.max(width, "calls, by when they asked: # let through, x refused".length());
      assertThat(plot.lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(most));
    }
    assertThatThrownBy(() -> report.text(39)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> report.text(401)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyTheFirstTwentyTenantsAreListed() {
    List<TracedCall> calls = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      calls.add(
          TracedCall.at(Duration.ZERO).tenant("tenant %02d".formatted(i)).patience(Duration.ZERO));
    }
    assertThat(Simulation.of(POLICY).run(CallTrace.of(calls)))
        .asString()
        .contains(
            "\ntenant 19      1            0        1    -    -    -        -\nand 5 more tenants\n")
        .doesNotContain("tenant 20");
  }

  @Test
  void theDrawingShowsEverySlotAndRunsNothing() throws Exception {
    CallTrace trace = CallTrace.synthetic(Traffic.parse("rate=80/m,for=45m,patience=20s"));
    SimulationReport report = Simulation.of(POLICY).run(trace);
    Document svg = parsed(report.svg());
    long waiting = report.timeline().stream().filter(slot -> !slot.longestWait().isZero()).count();
    long granted = report.timeline().stream().filter(slot -> slot.granted() > 0).count();
    long refused = report.timeline().stream().filter(slot -> slot.refused() > 0).count();
    assertThat(bars(svg, "wait")).isEqualTo(waiting).isPositive();
    // And one each in the legend.
    assertThat(bars(svg, "pass")).isEqualTo(granted + 1);
    assertThat(bars(svg, "stop")).isEqualTo(refused + 1).isGreaterThan(1);
    assertThat(report.svg()).doesNotContain("<script").doesNotContain(" on").doesNotContain("href");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .contains(" let through, ");
  }

  @Test
  void anyTextCanBeInADrawing() {
    RandomInput.check(200, ReportTest::drawsAnyText);
  }

  private static void drawsAnyText(RandomInput input) throws Exception {
    String name = input.text(150) + "<script>alert('x')</script>";
    SimulationReport empty = Simulation.of(POLICY).run(CallTrace.of(List.of()));
    SimulationReport report =
        new SimulationReport(
            name,
            "trace",
            empty.elapsed(),
            empty.all(),
            List.of(),
            List.of(),
            empty.refusals(),
            List.of(),
            List.of());
    Document svg = parsed(report.svg());
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    String head = svg.getElementsByTagName("text").item(0).getTextContent();
    if (input.seed() % 2 == 0 && name.codePoints().allMatch(c -> c >= ' ' && c < 0xd800)) {
      assertThat(head).startsWith(name.substring(0, Math.min(20, name.length())));
    }
  }

  @Test
  void axesHaveRoundMarks() {
    assertThat(Scale.of(30).marks()).containsExactly(0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0);
    assertThat(Scale.of(3).marks()).containsExactly(0.0, 1.0, 2.0, 3.0);
    assertThat(Scale.of(0).marks()).containsExactly(0.0, 1.0);
    Scale hours = Scale.of(Duration.ofHours(24));
    assertThat(hours.label(5)).isEqualTo("5 h");
    assertThat(hours.along(Duration.ofHours(5).toNanos())).isEqualTo(0.2);
    assertThat(Scale.of(Duration.ofSeconds(90)).label(20)).isEqualTo("20 s");
    assertThat(Scale.of(Duration.ofMinutes(30)).label(2.5)).isEqualTo("2.5 min");
    assertThat(Scale.of(Duration.ZERO).label(0.5)).isEqualTo("0.5 ms");
  }

  @Test
  void spansAreWrittenAsPeopleSayThem() {
    assertThat(Notation.text(Duration.ZERO)).isEqualTo("0 s");
    assertThat(Notation.text(Duration.ofMillis(340))).isEqualTo("340 ms");
    assertThat(Notation.text(Duration.ofMillis(3_456))).isEqualTo("3.46 s");
    assertThat(Notation.text(Duration.ofSeconds(34))).isEqualTo("34.0 s");
    assertThat(Notation.text(Duration.ofMinutes(34))).isEqualTo("34.0 min");
    assertThat(Notation.text(Duration.ofHours(34))).isEqualTo("34.0 h");
  }

  private static long bars(Document svg, String kind) {
    NodeList rects = svg.getElementsByTagName("rect");
    long count = 0;
    for (int i = 0; i < rects.getLength(); i++) {
      count += ((Element) rects.item(i)).getAttribute("class").equals(kind) ? 1 : 0;
    }
    return count;
  }

  private static Document parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }
}
