package ai.powertools.router.extractive;

/**
 * A piece of a document whose sentences belong together.
 *
 * @param kind what it is
 * @param text what it says, as a person would read it, in one line
 * @param heading the heading that it stands under; empty when there is none
 */
record Block(Kind kind, String text, String heading) {
  enum Kind {
    HEADING,
    PROSE,
    ITEM,
    ROW
  }
}
