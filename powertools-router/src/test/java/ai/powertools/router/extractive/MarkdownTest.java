package ai.powertools.router.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
  private static List<String> read(String text) {
    return Markdown.blocks(text).stream().map(b -> b.kind() + " " + b.text()).toList();
  }

  @Test
  void readsADocumentAsAPersonWould() {
    assertThat(read(Texts.HANDBOOK))
        .containsExactly(
            "HEADING The Tide Mill of Ferring",
            "PROSE The tide mill of Ferring has ground flour with the sea since 1742. Twice a day"
                + " the flood fills a pond behind the dam, and twice a day the miller lets it out"
                + " through the wheel. The mill grinds for about four hours on each tide, whatever"
                + " the weather.",
            "PROSE The wheel The wheel is made of oak. See the plans for its measures, or ask Dr."
                + " Amelia Hart, who drew them in 1998.",
            "HEADING Opening hours",
            "ROW season | days | hours",
            "ROW summer | every day | 9.30 to 17.00",
            "ROW winter | Saturdays only | 10.00 to 15.00",
            "PROSE Groups of more than ten visitors must book two weeks ahead. A guided tour takes"
                + " 45 minutes and costs £3.50 a head; children under six go free.",
            "HEADING Refunds",
            "PROSE You get your money back until 48 hours before the visit, e.g. by letter or"
                + " telephone. After that we can only offer another day. If a storm closes the"
                + " mill, every ticket is refunded in full.",
            "HEADING How to grind",
            "ITEM Close the sluice at high water and wait until the pond stands still.",
            "ITEM Open the wheel gate slowly, never more than a hand's width at first.",
            "ITEM Feed the stones with dry grain only.",
            "ITEM Grease the bearings of the wheel every Monday.",
            "ITEM Check the dam for leaks after every spring tide.",
            "PROSE \"The sea works for nothing,\" the old miller used to say. \"But it keeps its"
                + " own hours.\"",
            "PROSE The mill belongs to the parish. It is kept by volunteers and by the flour that"
                + " it sells.");
  }

  @Test
  void knowsUnderWhichHeadingABlockStands() {
    assertThat(Markdown.blocks("before\n\n# One\na\n\nb\n\nTwo\n---\nc"))
        .containsExactly(
            new Block(Block.Kind.PROSE, "before", ""),
            new Block(Block.Kind.HEADING, "One", ""),
            new Block(Block.Kind.PROSE, "a", "One"),
            new Block(Block.Kind.PROSE, "b", "One"),
            new Block(Block.Kind.HEADING, "Two", ""),
            new Block(Block.Kind.PROSE, "c", "Two"));
  }

  @Test
  void readsAPlainTextAsParagraphs() {
    assertThat(read("one\ntwo\r\nthree\n\n    four, which is indented\n\t\nfive"))
        .containsExactly("PROSE one two three", "PROSE four, which is indented", "PROSE five");
    assertThat(read("")).isEmpty();
    assertThat(read("\n \n")).isEmpty();
  }

  @Test
  void aLineThatItsAuthorBrokeStandsAlone() {
    assertThat(read("Name: Ada  \nAge: 36\\\nCity: Bath"))
        .containsExactly("PROSE Name: Ada", "PROSE Age: 36\\", "PROSE City: Bath");
  }

  @Test
  void aNumberAtTheStartOfALineOfAParagraphIsNoList() {
    assertThat(read("We sold\n12. The rest\n1. is a list\n2. of two"))
        .containsExactly("PROSE We sold 12. The rest", "ITEM is a list", "ITEM of two");
    assertThat(read("7) seven\ngoes on")).containsExactly("ITEM seven goes on");
  }

  @Test
  void skipsFencesOfBothKindsAndThoseInQuotes() {
    assertThat(read("a\n```\ncode\n~~~\n```\nb\n~~~~ text\n~~~\ncode\n~~~~\nc"))
        .containsExactly("PROSE a", "PROSE b", "PROSE c");
    assertThat(read("> a\n> ```sh\n> code\n> ```\n> b")).containsExactly("PROSE a", "PROSE b");
  }

  @Test
  void aFenceThatNothingClosesLosesOnlyItself() {
    assertThat(read("a\n```java\nb\n\nc\n~~~\nd\n~~~~x\n~~~~x"))
        .containsExactly("PROSE a", "PROSE b", "PROSE c", "PROSE d");
    assertThat(read("~~~\na\n~~~~\nb")).containsExactly("PROSE b");
    assertThat(read("``code`` in a line")).containsExactly("PROSE code in a line");
  }

  @Test
  void dropsRulesDefinitionsCommentsAndFrontMatter() {
    assertThat(read("---\nkey: value\n---\na\n\n* * *\n___\n[x]: http://x\n<!-- c --> b"))
        .containsExactly("PROSE a", "PROSE b");
    assertThat(read("a <!-- one\ntwo\nthree --> b")).containsExactly("PROSE a b");
    assertThat(read("a <!-- never closed\nb")).containsExactly("PROSE a <!-- never closed b");
  }

  @Test
  void dashesThatAreNoFrontMatterAreARule() {
    assertThat(read("---\nno setting\n---")).containsExactly("HEADING no setting");
    assertThat(read("---\nkey: value\nb")).containsExactly("PROSE key: value b");
    assertThat(read("---")).isEmpty();
  }

  @Test
  void readsTablesWithAndWithoutBorders() {
    assertThat(read("a | b\n--- | ---\n1 | 2\n3 \\| 4 |\n\nx | y"))
        .containsExactly("ROW a | b", "ROW 1 | 2", "ROW 3 | 4", "PROSE x | y");
    assertThat(read("text\n| a |\n|---|\n| | |\nmore"))
        .containsExactly("PROSE text", "ROW a", "PROSE more");
  }

  @Test
  void headingsNeedASpaceAndMayBeClosed() {
    assertThat(read("#hashtag\n## Title ##\n#\n####### seven"))
        .containsExactly("PROSE #hashtag", "HEADING Title", "PROSE ####### seven");
    assertThat(read("Title\n====\na\n" + "long ".repeat(50) + "\n----"))
        .startsWith("HEADING Title", "PROSE a " + "long ".repeat(50).strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '¶',
      value = {
        "**bold**, *light*, __strong__, _soft_, ***both***, ~~gone~~ → bold, light, strong, soft,"
            + " both, gone",
        "这是**重点**内容 → 这是重点内容",
        "snake_case_name, 2*3*4, 2 * 3, ~/home, f(*args) → snake_case_name, 2*3*4, 2 * 3, ~/home,"
            + " f(*args)",
        "an *open star and **two → an *open star and **two",
        "`code`, ``a `tick` inside``, `open → code, a `tick` inside, `open",
        "[a link](http://x.y/z_(a)), [a reference][ref], [ ] → a link, a reference, [ ]",
        "[outer [inner] text](url) and ![an image](a.png \"t\") → outer [inner] text and an image",
        "[![badge](a.svg)](b) done → badge done",
        "a[i][j] and [x] and wow! [y → a[i][j] and [x] and wow! [y",
        "A note[^1] and a class [^a-z] and [^] → A note and a class [^a-z] and [^]",
        "<https://example.org> and <b>bold</b> and List<String> → https://example.org and bold and"
            + " List<String>",
        "a < b and c > d, <3, <x → a < b and c > d, <3, <x",
        "\\*no emphasis\\* and C:\\temp and a \\ → *no emphasis* and C:\\temp and a \\",
        "one<br>two → one two",
      })
  void takesMarksOutAndLeavesWhatOnlyLooksLikeThem(String marked, String plain) {
    assertThat(Markdown.oneLine(Inline.plain(marked)).replaceAll(" +([,.])", "$1"))
        .isEqualTo(plain);
  }

  /** Each of these could take quadratic time, or the whole stack. */
  @ParameterizedTest
  @ValueSource(
      strings = {"[", "![", "<", "*", "`", "_", "-", "(", "[a](", "* ", "`a``b", "|", "<b"})
  void takesItsTimeInProportionWithHalfAMegabyteOfOneMark(String mark) {
    String text = mark.repeat(500_000 / mark.length()) + "x";

    assertThat(Markdown.blocks(text)).hasSizeLessThanOrEqualTo(2);
    assertThat(Markdown.blocks((mark + "\n").repeat(50_000))).isNotNull();
  }
}
