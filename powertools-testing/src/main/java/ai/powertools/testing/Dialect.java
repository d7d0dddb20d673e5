package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** How one vendor writes what all of them say in one kind of call. Stateless. */
interface Dialect {
  /** What is wrong with the request, if anything. */
  @Nullable String complaint(RecordedRequest request);

  /** What the request says. */
  Prompt prompt(JsonNode request);

  /** A whole answer. */
  JsonNode whole(Reply reply);

  /** An answer that will be written piece by piece. */
  AnswerStream stream(Reply reply);
}
