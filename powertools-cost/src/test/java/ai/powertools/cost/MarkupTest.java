package ai.powertools.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkupTest {
  @Test
  void writesTextAsTextBetweenTagsAndInQuotes() {
    assertThat(new Markup().raw("<p title=\"").text("<a href='x'>\"&amp;").raw("\">"))
        .hasToString("<p title=\"&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;\">");
  }

  @Test
  void closesWhatItOpens() {
    assertThat(new Markup().element("td class=\"n\"", "1 < 2").element("b", 3))
        .hasToString("<td class=\"n\">1 &lt; 2</td><b>3</b>");
  }
}
