package ai.powertools.router.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Deadline;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.StreamEvent;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What must hold of any text at all. */
class ExtractiveProperties {
  private static final int CASES = Integer.getInteger("powertools.model.operations", 20_000) / 20;
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());

  private static final String[] WORDS = {
    "mill", "sea", "The", "wheel", "turns", "flood", "Dr.", "e.g.", "3.14", "don't", "潮汐磨坊",
    "水。", "é", "😀", "Straße", "И", "naïve", "x", "is", "of", "to", "which"
  };
  private static final String[] MARKS = {
    "#", "##", "- ", "1. ", "> ", "|", "|---|", "```", "~~~", "*", "**", "_", "`", "[", "](", ")",
    "<b>", "<!--", "-->", "![", "---", "===", "\\", "&amp;", "\ud83d", "\udc00", "\u0000", "\t"
  };
  private static final String[] ENDS = {". ", "! ", "? ", "… ", "。", "\n", "\n\n", "\r\n", "; "};

  private static final TokenCounter COUNTER = TokenCounter.of(Tokenizer.WORDS);

  @Test
  void answersAnyTextWithinTheLimit() {
    forAll(
        (random, label) -> {
          ChatRequest.Builder builder =
              ChatRequest.builder()
                  .message(
                      Message.user(
                          new Content.Document("a", "x " + text(random, true)),
                          new Content.Document("b", text(random, true)),
                          new Content.Text("mill " + text(random, true))))
                  .task(List.of("summarize", "key_points", "answer").get(random.nextInt(3)));
          if (random.nextBoolean()) {
            builder.maxOutputTokens(1 + random.nextInt(80));
          }
          ChatRequest request = builder.build();
          StringBuilder told = new StringBuilder();

          ChatResponse response =
              Extractive.create()
                  .chat(
                      new ProviderCall(
                          "extractive",
                          request,
                          Optional.of(event -> told.append(((StreamEvent.TextDelta) event).text())),
                          Deadline.never()));

          String text = response.text();
          assertThat(text).as(label).startsWith("[builtin:extractive");
          assertThat(told).as(label).hasToString(text);
          assertThat(response.usage().outputTokens())
              .as(label)
              .isEqualTo(COUNTER.count(text).tokens())
              .isLessThanOrEqualTo(request.maxOutputTokens().orElse(Integer.MAX_VALUE));
          if (request.maxOutputTokens().isEmpty()) {
            assertThat(response.finishReason()).as(label).isEqualTo(FinishReason.STOP);
          }
        });
  }

  @Test
  void quotesSentencesOfAPlainTextWordByWordAndInOrder() {
    forAll(
        (random, label) -> {
          String text = text(random, false);
          String line = Markdown.oneLine(text);
          int from = 0;
          for (Sentence sentence : digest(text, random)) {
            int at = line.indexOf(sentence.text(), from);
            assertThat(at).as("%s: \"%s\" in \"%s\"", label, sentence.text(), line).isNotNegative();
            from = at + 1;
          }
        });
  }

  @Test
  void addsNoCharacterToWhatItQuotesOfAMarkedText() {
    forAll(
        (random, label) -> {
          String text = text(random, true);
          int from = 0;
          for (Block block : Markdown.blocks(text)) {
            String said = block.text().replace(" ", "");
            for (int i = 0; i < said.length(); i++) {
              int at = text.indexOf(said.charAt(i), from);
              assertThat(at).as("%s: %s in %s", label, block, text).isNotNegative();
              from = at + 1;
            }
          }
        });
  }

  @Test
  void sentencesAreTheTextWithoutWhatSaysNothing() {
    forAll(
        (random, label) -> {
          String line = Markdown.oneLine(text(random, true));
          int from = 0;
          StringBuilder left = new StringBuilder();
          for (Sentences.Piece piece : Sentences.of(line)) {
            int at = line.indexOf(piece.text(), from);
            assertThat(at).as(label).isNotNegative();
            left.append(line, from, at);
            from = at + piece.text().length();
          }
          left.append(line.substring(from));
          assertThat(left.codePoints().noneMatch(Character::isLetterOrDigit))
              .as("%s: left of \"%s\": \"%s\"", label, line, left)
              .isTrue();
        });
  }

  @Test
  void comparesByPostingsAsOneByOne() {
    forAll(
        (random, label) -> {
          Corpus corpus =
              Corpus.read(List.of(new Content.Document("a", text(random, true))), what -> {});
          List<int[]> terms = corpus.sentences().stream().map(corpus::terms).toList();
          Vectors vectors = Vectors.of(terms, corpus.vocabulary().size());
          Postings postings = new Postings(vectors);
          double[] similarity = new double[vectors.size()];
          for (int i = 0; i < vectors.size(); i++) {
            postings.similarities(i, similarity);
            for (int j = 0; j < vectors.size(); j++) {
              assertThat(Math.abs(similarity[j] - vectors.similarity(i, j)))
                  .as(label)
                  .isLessThan(1e-9);
            }
          }
        });
  }

  private static List<Sentence> digest(String text, Random random) {
    Corpus corpus = Corpus.read(List.of(new Content.Document("a", text)), what -> {});
    Digest.Style style = random.nextBoolean() ? Digest.Style.SUMMARY : Digest.Style.KEY_POINTS;
    return new Digest(corpus, style).choose(1 + random.nextInt(100), what -> {});
  }

  private static String text(Random random, boolean marked) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(120);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(marked ? 6 : 4)) {
        case 0 -> text.append(ENDS[random.nextInt(ENDS.length)]);
        case 4, 5 -> text.append(MARKS[random.nextInt(MARKS.length)]);
        default -> text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
    }
    return text.toString();
  }

  private static void forAll(BiConsumer<Random, String> law) {
    for (int i = 0; i < CASES; i++) {
      long seed = SEED + i;
      law.accept(new Random(seed), "-Dpowertools.seed=" + seed);
    }
  }
}
