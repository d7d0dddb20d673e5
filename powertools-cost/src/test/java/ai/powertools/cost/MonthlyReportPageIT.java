package ai.powertools.cost;

import static ai.powertools.cost.Months.BERLIN;
import static ai.powertools.cost.Months.NOVEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.powertools.models.Usd;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a report as a real browser lays it out. */
class MonthlyReportPageIT {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /**
   * The page in a frame of a width, as its window; then what sticks out of it, and what a name of a
   * user or task may have become.
   */
  private static final String PROBE =
      """
      <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
      <iframe id="f" style="border:0;width:%dpx;height:900px" srcdoc="%s"></iframe>
      <p id="found"></p>
      <script>
      document.getElementById('f').onload = e => {
        const page = e.target.contentDocument, root = page.documentElement;
        const out = [...page.body.querySelectorAll('*')].filter(x => !x.closest('.wide')
          && x.getBoundingClientRect().right > root.clientWidth + 0.5);
        const wide = [...page.querySelectorAll('.wide')].filter(x => x.scrollWidth > x.clientWidth);
        document.getElementById('found').textContent = 'client ' + root.clientWidth
          + ' scroll ' + root.scrollWidth + ' out ' + out.map(x => x.tagName).join(' ')
          + ';wide ' + wide.length + ' bars ' + page.querySelectorAll('.plot rect').length
          + ' foreign ' + page.querySelectorAll('body script, img, a, link, iframe').length
          + ' shown ' + page.body.innerText.includes('<script>alert(1)</scr' + 'ipt>') + '.';
      };
      </script>
      """;

  private static final Pattern FOUND = Pattern.compile("<p id=\"found\">([^<]+)</p>");

  @TempDir Path folder;
  private Optional<Path> browser = Optional.empty();

  @BeforeEach
  void findABrowser() {
    browser =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(where -> NAMES.stream().map(name -> Path.of(where, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        browser.isPresent(),
        "No chromium on the PATH, so no page is laid out: apt-get install chromium");
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 360, 768, 1280})
  void nothingSticksOutOfTheWindow(int width) throws Exception {
    String found = probe(month().toHtml(), width);

    assertThat(found)
        .startsWith("client %d scroll %d out ;wide 0 ".formatted(width, width))
        .endsWith(" foreign 0 shown true.");
    assertThat(found).doesNotContain("bars 0 ");
  }

  @Test
  void amountsThatAreTooLongForAPhoneAreScrolledWithinTheirTable() throws Exception {
    Usd much = Usd.of("123456789012.34");
    MonthlyReport rich =
        MonthlyReport.of(
            NOVEMBER,
            BERLIN,
            LocalDate.of(2026, 12, 1),
            SmallMonth.ROWS,
            List.of(),
            List.of(new BudgetLine("<script>alert(1)</script>", much, much)),
            Optional.of("x".repeat(2_000)));

    assertThat(probe(rich.toHtml(), 360))
        .startsWith("client 360 scroll 360 out ;wide 1 ")
        .endsWith(" foreign 0 shown true.");
  }

  private static MonthlyReport month() {
    Random random = new Random(11);
    return MonthlyReport.of(
        NOVEMBER,
        BERLIN,
        LocalDate.of(2026, 12, 1),
        Months.random(random, 2_000),
        SmallMonth.OCTOBER,
        Months.HOSTILE.stream()
            .map(name -> new BudgetLine(name, Usd.of("1000"), Usd.of("123.45")))
            .toList(),
        Optional.of(String.join("\n", Months.HOSTILE)));
  }

  private String probe(String html, int width) throws IOException, InterruptedException {
    Path page = folder.resolve("probe.html");
    String quoted = html.replace("&", "&amp;").replace("\"", "&quot;");
    Files.writeString(page, PROBE.formatted(width, quoted));
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=1400,1000",
                "--virtual-time-budget=5000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the browser ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(dom, StandardCharsets.UTF_8);
    Matcher found = FOUND.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }
}
