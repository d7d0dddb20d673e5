package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;

/** How one vendor writes errors. Stateless. */
interface ErrorShape {
  /** The body of the response; also what stands in a stream that has begun. */
  JsonNode body(Problem problem);
}
