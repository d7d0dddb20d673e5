package ai.powertools.router.extractive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The sentences that say most of a text, each adding to those before: ranked by {@link LexRank} and
 * by their place, chosen by {@link Mmr}, given in the order in which they stand in the text.
 *
 * @implNote Of a text of more than {@link LexRank#MOST} sentences, those nearest to its centroid
 *     are ranked: one pass over the text, whatever its length. That, the sum of features and the
 *     cutoff are those of MEAD: D. R. Radev et al., <a
 *     href="https://doi.org/10.1016/j.ipm.2003.10.006">Centroid-based summarization of multiple
 *     documents</a>, 2004.
 */
final class Digest {
  /** What is wanted of a digest. */
  enum Style {
    /** A few whole sentences, none shorter than MEAD's cutoff of nine words. */
    SUMMARY(5, 9, 60, ""),
    /** More and shorter ones, and items of lists too, as a list. */
    KEY_POINTS(7, 4, 40, "- ");

    private final int sentences;
    private final int shortest;
    private final int longest;
    private final String bullet;

    Style(int sentences, int shortest, int longest, String bullet) {
      this.sentences = sentences;
      this.shortest = shortest;
      this.longest = longest;
      this.bullet = bullet;
    }

    /** Whether a sentence can stand alone in it. */
    boolean takes(Sentence sentence) {
      boolean item = this == KEY_POINTS && sentence.block().kind() == Block.Kind.ITEM;
      return sentence.length() >= shortest
          && sentence.length() <= longest
          && isProse(sentence)
          && switch (sentence.piece().form()) {
            case WHOLE -> true;
            case OPEN -> item && !sentence.text().endsWith(":");
            case FRAGMENT -> false;
          };
    }
  }

  /**
   * How much the place of a sentence counts against its centrality. Texts say first what they are
   * about.
   */
  private static final double WEIGHT_OF_PLACE = 0.3;

  private final Corpus corpus;
  private final Style style;

  Digest(Corpus corpus, Style style) {
    this.corpus = corpus;
    this.style = style;
  }

  /** Writes the chosen sentences; false when the text has none. */
  boolean write(Reply reply, Checkpoint checkpoint) {
    List<Sentence> chosen = choose(reply.room(), checkpoint);
    Sentence before = null;
    for (Sentence sentence : chosen) {
      if (before == null || before.document() != sentence.document()) {
        if (isOfSeveral()) {
          reply.add("\n\n", source(sentence));
        }
        reply.add(isOfSeveral() ? "\n" : "\n\n", style.bullet + sentence.text());
      } else {
        reply.add(separator(before, sentence), style.bullet + sentence.text());
      }
      before = sentence;
    }
    return !chosen.isEmpty();
  }

  /** The best sentences that fit into so many words; if none does, the best one. In order. */
  List<Sentence> choose(long room, Checkpoint checkpoint) {
    List<Sentence> candidates = mostCentral(candidates());
    Vectors vectors = vectors(candidates);
    Mmr mmr = new Mmr(vectors, scores(candidates, LexRank.scores(vectors, checkpoint)));
    List<Sentence> chosen = new ArrayList<>();
    Set<Integer> documents = new HashSet<>();
    long left = room;
    // Half of a short text is a digest, all of it is none.
    int wanted = Math.min(style.sentences, (candidates.size() + 1) / 2);
    while (chosen.size() < wanted) {
      checkpoint.pass("choosing sentences");
      long affordable = left;
      OptionalInt next = mmr.next(i -> cost(candidates.get(i), documents) <= affordable);
      if (next.isEmpty()) {
        break;
      }
      Sentence sentence = candidates.get(next.getAsInt());
      left -= cost(sentence, documents);
      documents.add(sentence.document());
      chosen.add(sentence);
    }
    if (chosen.isEmpty()) {
      mmr.next(i -> true).ifPresent(best -> chosen.add(candidates.get(best)));
    }
    chosen.sort(Comparator.comparingInt(Sentence::number));
    return chosen;
  }

  /** MEAD's sum: centrality, and one by the root of the place, the greatest of each being 1. */
  private static double[] scores(List<Sentence> candidates, double[] centrality) {
    double most = Arrays.stream(centrality).max().orElse(1);
    double[] scores = new double[centrality.length];
    for (int i = 0; i < scores.length; i++) {
      double place = 1 / Math.sqrt(1.0 + candidates.get(i).place());
      scores[i] = centrality[i] / most + WEIGHT_OF_PLACE * place;
    }
    return scores;
  }

  /** Sentences that can stand alone, each wording once; of a short text, what comes nearest. */
  private List<Sentence> candidates() {
    List<Sentence> able = only(style::takes);
    if (able.size() < style.sentences) {
      able = only(sentence -> style.takes(sentence) || (isProse(sentence) && isWhole(sentence)));
    }
    if (able.isEmpty()) {
      able = only(Digest::isProse);
    }
    Set<String> wordings = new HashSet<>();
    return (able.isEmpty() ? corpus.sentences() : able)
        .stream().filter(sentence -> wordings.add(sentence.text())).toList();
  }

  private List<Sentence> only(Predicate<Sentence> which) {
    return corpus.sentences().stream().filter(which).toList();
  }

  private static boolean isWhole(Sentence sentence) {
    return sentence.piece().form() == Sentences.Form.WHOLE;
  }

  private static boolean isProse(Sentence sentence) {
    return switch (sentence.block().kind()) {
      case PROSE, ITEM -> true;
      case HEADING, ROW -> false;
    };
  }

  private List<Sentence> mostCentral(List<Sentence> candidates) {
    if (candidates.size() <= LexRank.MOST) {
      return candidates;
    }
    double[] centrality = vectors(candidates).centrality();
    return IntStream.range(0, centrality.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -centrality[i]))
        .limit(LexRank.MOST)
        .sorted()
        .map(candidates::get)
        .toList();
  }

  private Vectors vectors(List<Sentence> sentences) {
    return Vectors.of(sentences.stream().map(corpus::terms).toList(), corpus.vocabulary().size());
  }

  /** The words that a sentence takes, with its bullet and the first mention of its document. */
  private long cost(Sentence sentence, Set<Integer> mentioned) {
    boolean mentions = isOfSeveral() && !mentioned.contains(sentence.document());
    return Reply.words(style.bullet + sentence.text())
        + (mentions ? Reply.words(source(sentence)) : 0);
  }

  private boolean isOfSeveral() {
    return corpus.names().size() > 1;
  }

  private String source(Sentence sentence) {
    return "From " + corpus.names().get(sentence.document()) + ":";
  }

  /** Sentences that follow each other in the text stay together, unless they are a list. */
  private String separator(Sentence before, Sentence sentence) {
    return sentence.follows(before) && style.bullet.isEmpty() ? before.gap() : "\n";
  }
}
