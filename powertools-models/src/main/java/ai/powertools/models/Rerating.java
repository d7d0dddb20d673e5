package ai.powertools.models;

import java.util.Optional;

/**
 * What a call cost by what was known at a time, and what it costs by what is known now.
 *
 * @param before by the prices that were known then
 * @param after by those known now, corrections included
 */
public record Rerating(Cost before, Cost after) {

  /** What is to be paid on top, negative when something is to be given back; empty when unknown. */
  public Optional<Usd> difference() {
    return after.total().flatMap(now -> before.total().map(now::minus));
  }
}
