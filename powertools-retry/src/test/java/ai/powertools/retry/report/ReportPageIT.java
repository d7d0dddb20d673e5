package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report of hostile errors, as a real browser understands it. */
class ReportPageIT {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /** The page in a frame, and then what a browser found in it. */
  private static final String PROBE =
      """
      <!DOCTYPE html><meta charset="utf-8"><body>
      <iframe id="page" style="width:360px;height:900px;border:0" srcdoc="%s"></iframe>
      <p id="found"></p>
      <script>
      document.getElementById('page').onload = event => {
        const page = event.target.contentDocument;
        document.getElementById('found').textContent =
          'rows ' + page.querySelectorAll('tbody tr').length
          + ' charts ' + page.querySelectorAll('svg title').length
          + ' bars ' + page.querySelectorAll('svg rect').length
          + ' headers ' + page.querySelectorAll('thead th[scope=col]').length
          + ' language ' + page.documentElement.lang
          + ' foreign ' + page.querySelectorAll('script, img, iframe, link, a, [onmouseover]').length
          + ' shown ' + page.body.textContent.includes('<script>alert(1)</scr' + 'ipt>')
          + ' wide ' + (page.documentElement.scrollWidth > page.documentElement.clientWidth) + '.';
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
            .flatMap(where -> BROWSERS.stream().map(name -> Path.of(where, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        browser.isPresent(),
        "No chromium on the PATH, so no page is opened: apt-get install chromium");
  }

  @Test
  void hostileMessagesAreTextOnAPageThatFitsAPhone() throws Exception {
    int groups = ErrorReportTest.HOSTILE.size();

    assertThat(probe(ErrorReportTest.hostile().toHtml()))
        .isEqualTo(
            "rows %d charts %d bars %d headers 8 language en foreign 0 shown true wide false."
                .formatted(groups, groups, groups));
  }

  private String probe(String html) throws IOException, InterruptedException {
    Path page = folder.resolve("probe.html");
    Files.writeString(page, PROBE.formatted(html.replace("&", "&amp;").replace("\"", "&quot;")));
    Path dom = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.orElseThrow().toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
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
    String text = Files.readString(dom);
    Matcher found = FOUND.matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }
}
