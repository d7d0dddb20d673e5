package ai.powertools.orchestrator;

import ai.powertools.cost.Attributes;
import ai.powertools.cost.Attribution;

/** For whom a question is asked, as the ledger keeps it. */
final class Payer {
  private static final int LONGEST_VALUE = 256;

  private Payer() {}

  /** Until the scope is closed, what this thread spends is spent in the question's session. */
  static Attribution.Scope of(Question question) {
    return Attribution.with(
        question
            .session()
            .map(id -> Attributes.of(Attributes.SESSION, kept(id)))
            .orElse(Attributes.NONE));
  }

  /** Sessions may be called what an attribute can't. */
  private static String kept(String id) {
    String text =
        id.codePoints()
            .limit(LONGEST_VALUE / 2)
            .map(
                c ->
                    Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                        ? '?'
                        : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return text.isBlank() ? "?" : text;
  }
}
