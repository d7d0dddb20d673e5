package ai.powertools.router.extractive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The passages of documents that fit a question best, by {@link Bm25}, the best first. A passage is
 * a paragraph, or up to three sentences of a longer one; it is found by its own words and by those
 * of the heading that it stands under.
 */
final class Search {
  private static final int MOST_PASSAGES = 3;
  private static final int MOST_SENTENCES = 3;

  /** So many names are listed when nothing is found. */
  private static final int MOST_NAMES = 3;

  /** What fits less than this share of the best is chance. */
  private static final double SHARE_OF_BEST = 0.5;

  private final Corpus corpus;
  private final List<Passage> passages;
  private final Map<String, int[]> headings = new HashMap<>();

  Search(Corpus corpus) {
    this.corpus = corpus;
    this.passages = passages(corpus.sentences());
  }

  /** Quotes the best passages with their documents' names, or says that there are none. */
  void write(String question, Reply reply, Checkpoint checkpoint) {
    List<Passage> found = find(question, checkpoint);
    int document = -1;
    for (Passage passage : found) {
      String source =
          passage.document() == document
              ? ""
              : "From " + corpus.names().get(passage.document()) + ":";
      if (document < 0 || cost(source, passage) <= reply.room()) {
        quote(source, passage, reply);
        document = passage.document();
      }
    }
    if (document < 0) {
      reply.add("\n\n", "No passage of " + names() + " has a word of the question.");
      reply.add(" ", "Ask in words that the text may use.");
      return;
    }
    List<String> unknown = unknown(question);
    String remark = "Not in the documents: " + String.join(", ", unknown) + ".";
    if (!unknown.isEmpty() && Reply.words(remark) <= reply.room()) {
      reply.add("\n\n", remark);
    }
  }

  /** The passages that fit a question, the best first. */
  List<Passage> find(String question, Checkpoint checkpoint) {
    checkpoint.pass("searching passages");
    Set<Integer> terms = new LinkedHashSet<>(Arrays.stream(numbers(question)).boxed().toList());
    double[] scores = new Bm25(passages.stream().map(this::terms).toList()).scores(terms);
    checkpoint.pass("choosing passages");
    List<Integer> order =
        IntStream.range(0, scores.length)
            .filter(i -> scores[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .toList();
    List<Passage> found = new ArrayList<>();
    for (int i : order) {
      boolean enough = found.size() == MOST_PASSAGES;
      if (enough || scores[i] < SHARE_OF_BEST * scores[order.get(0)]) {
        break;
      }
      found.add(passages.get(i));
    }
    return found;
  }

  /** Paragraphs, the long ones in about equal parts; headings only if all is that. */
  private static List<Passage> passages(List<Sentence> sentences) {
    List<Passage> passages = new ArrayList<>();
    List<Passage> headings = new ArrayList<>();
    for (List<Sentence> block : byBlock(sentences)) {
      boolean heading = block.get(0).block().kind() == Block.Kind.HEADING;
      int parts = (block.size() + MOST_SENTENCES - 1) / MOST_SENTENCES;
      for (int i = 0; i < parts; i++) {
        int from = (int) ((long) i * block.size() / parts);
        int to = (int) ((i + 1L) * block.size() / parts);
        (heading ? headings : passages).add(new Passage(block.subList(from, to)));
      }
    }
    return passages.isEmpty() ? headings : passages;
  }

  private static Collection<List<Sentence>> byBlock(List<Sentence> sentences) {
    return sentences.stream()
        .collect(
            Collectors.groupingBy(Sentence::blockNumber, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private int[] terms(Passage passage) {
    int[] heading = headings.computeIfAbsent(passage.first().block().heading(), this::numbers);
    return IntStream.concat(
            Arrays.stream(heading),
            passage.sentences().stream().flatMapToInt(each -> Arrays.stream(corpus.terms(each))))
        .toArray();
  }

  /** The numbers of the terms that some document has. */
  private int[] numbers(String text) {
    return corpus.words().terms(text).stream()
        .mapToInt(corpus.vocabulary()::find)
        .filter(number -> number != Vocabulary.UNKNOWN)
        .toArray();
  }

  private static void quote(String source, Passage passage, Reply reply) {
    if (!source.isEmpty()) {
      reply.add("\n\n", source);
    }
    int last = passage.sentences().size() - 1;
    for (int i = 0; i <= last; i++) {
      String text = passage.sentences().get(i).text();
      String gap = i == 0 ? "\n" : passage.sentences().get(i - 1).gap();
      reply.add(gap, (i == 0 ? "“" : "") + text + (i == last ? "”" : ""));
    }
  }

  private static long cost(String source, Passage passage) {
    return Reply.words(source)
        + passage.sentences().stream().mapToLong(each -> Reply.words(each.text())).sum();
  }

  /** Words of a question that no document has; of English, where it is known which say nothing. */
  private List<String> unknown(String question) {
    if (!corpus.words().english()) {
      return List.of();
    }
    return Words.plain(question).stream()
        .distinct()
        .filter(word -> !StopWords.contains(word))
        .filter(word -> corpus.vocabulary().find(Stemmer.stem(word)) == Vocabulary.UNKNOWN)
        .toList();
  }

  private String names() {
    List<String> names = corpus.names();
    String listed = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMES;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }
}
