package ai.powertools.router.extractive;

import java.util.List;

/**
 * Sentences that stand together, to be quoted as one.
 *
 * @param sentences at least one, all of one block
 */
record Passage(List<Sentence> sentences) {
  Passage {
    sentences = List.copyOf(sentences);
  }

  Sentence first() {
    return sentences.get(0);
  }

  int document() {
    return first().document();
  }
}
