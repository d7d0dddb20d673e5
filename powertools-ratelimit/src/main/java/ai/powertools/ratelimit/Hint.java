package ai.powertools.ratelimit;

/**
 * That a demand was refused because of time alone, and until when that holds: until then it can be
 * refused again without a look at anything, as long as nothing is given back.
 */
record Hint(Demand demand, long until) {
  @SuppressWarnings("ReferenceEquality") // another one of the same size merely gets no hint
  boolean refuses(Demand other, long now) {
    return demand == other && now < until;
  }
}
