package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.models.Certainty;
import ai.powertools.models.UnreadableUsageException;
import ai.powertools.models.Usage;
import ai.powertools.models.UsageReader;
import ai.powertools.router.EmbeddingRequest;
import ai.powertools.router.EmbeddingResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Vectors from an endpoint that speaks OpenAI's dialect. */
final class OpenAiEmbeddings {
  private final Endpoint endpoint;
  private final OpenAiPaths paths;
  private final String provider;

  OpenAiEmbeddings(Endpoint endpoint, OpenAiPaths paths, String provider) {
    this.endpoint = endpoint;
    this.paths = paths;
    this.provider = provider;
  }

  EmbeddingResponse embed(EmbeddingRequest request, Deadline deadline) {
    Errand errand = endpoint.errand(provider, request.model(), request.texts(), deadline);
    ObjectNode body = Json.object().put("model", request.model());
    request.texts().forEach(body.putArray("input")::add);
    request.dimensions().ifPresent(length -> body.put("dimensions", length));
    body.put(
        "encoding_format", "base64"); // a third of the bytes; those who don't know it ignore it
    long start = errand.time().nanos();
    Reply reply = Reply.post(endpoint, errand, paths.of(request.model(), "embeddings"), body);
    List<float[]> vectors = Vectors.of(reply, "data", "embedding", request);
    Optional<Usage> reported = usage(reply.json());
    String served = Json.text(reply.json(), "model");
    return new EmbeddingResponse(
        vectors,
        provider,
        served.isEmpty() ? request.model() : served,
        reported.orElseGet(() -> Vectors.estimate(provider, request)),
        reported.isPresent() ? Certainty.EXACT : Certainty.ESTIMATED,
        reply.requestId(),
        errand.time().since(start));
  }

  private static Optional<Usage> usage(JsonNode answer) {
    ObjectNode said = Json.object();
    said.set("model", answer.path("model"));
    said.set("usage", answer.path("usage"));
    try {
      return Optional.of(UsageReader.openAiEmbeddings().read(said.toString()))
          .filter(usage -> usage.inputTokens() > 0);
    } catch (UnreadableUsageException e) {
      return Optional.empty(); // counted here then
    }
  }
}
