package ai.powertools.router.extractive;

import ai.powertools.router.Content;
import java.util.ArrayList;
import java.util.List;

/** Documents, read: their sentences in order, and the terms of each. */
final class Corpus {
  /** How many sentences are read between two looks at the clock. */
  private static final int STRIDE = 256;

  private final List<String> names;
  private final Words words;
  private final Vocabulary vocabulary = new Vocabulary();
  private final List<Sentence> sentences = new ArrayList<>();
  private final List<int[]> terms = new ArrayList<>();
  private int firstOfDocument;

  private Corpus(List<String> names, Words words) {
    this.names = names;
    this.words = words;
  }

  static Corpus read(List<Content.Document> documents, Checkpoint checkpoint) {
    List<List<Block>> texts = new ArrayList<>();
    for (Content.Document document : documents) {
      checkpoint.pass("reading " + document.name());
      texts.add(Markdown.blocks(document.text()));
    }
    Words words = Words.like(texts.stream().flatMap(List::stream).map(Block::text).toList());
    Corpus corpus = new Corpus(documents.stream().map(Content.Document::name).toList(), words);
    int block = 0;
    for (int i = 0; i < texts.size(); i++) {
      corpus.firstOfDocument = corpus.sentences.size();
      for (Block each : texts.get(i)) {
        corpus.add(each, block++, i, checkpoint);
      }
    }
    return corpus;
  }

  private void add(Block block, int blockNumber, int document, Checkpoint checkpoint) {
    for (Sentences.Piece piece : Sentences.of(block.text())) {
      if (sentences.size() % STRIDE == 0) {
        checkpoint.pass("finding sentences");
      }
      int number = sentences.size();
      sentences.add(
          new Sentence(
              number,
              piece,
              document,
              number - firstOfDocument,
              block,
              blockNumber,
              Words.plain(piece.text()).size()));
      terms.add(vocabulary.add(words.terms(piece.text())));
    }
  }

  /** The name of each document, by its number. */
  List<String> names() {
    return names;
  }

  /** All sentences, in order. */
  List<Sentence> sentences() {
    return sentences;
  }

  /** The numbers of the terms of a sentence, in order, as often as they are there. */
  int[] terms(Sentence sentence) {
    return terms.get(sentence.number());
  }

  /** How the words of these documents are compared. */
  Words words() {
    return words;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }
}
