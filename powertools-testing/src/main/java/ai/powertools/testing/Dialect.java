package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one vendor writes what all of them say. Stateless. */
interface Dialect {
  /** Whether this request asks for its answer piece by piece. */
  boolean wantsStream(JsonNode request);

  /** What is wrong with the request, if anything. */
  @Nullable String complaint(JsonNode request);

  /** The content type of a stream. */
  String streamType();

  /** A whole answer. */
  JsonNode whole(Reply reply, String text);

  /** What a stream begins with, before the first text; may be empty. */
  String opening(Reply reply);

  /** A stream's next piece of text. */
  String piece(Reply reply, String text);

  /** What a stream that went well ends with. */
  List<String> closing(Reply reply);

  /** An error in a stream that has begun. */
  String errorInStream(@Nullable String code, String message);

  /** The body of a response that is an error. */
  JsonNode error(int status, @Nullable String code, String message);
}
