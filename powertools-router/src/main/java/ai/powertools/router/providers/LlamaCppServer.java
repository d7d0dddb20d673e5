package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a llama.cpp server says besides chats. */
final class LlamaCppServer {
  private static final Duration QUICK = Duration.ofSeconds(5);

  /** What a server that does not say is taken to hold: what it was started with long ago. */
  private static final long CONTEXT_TOKENS = 4_096;

  private final Endpoint endpoint;
  private final String provider;

  LlamaCppServer(Endpoint endpoint, String provider) {
    this.endpoint = endpoint;
    this.provider = provider;
  }

  ServerHealth health() {
    try {
      String status = Json.text(ask("health"), "status");
      return new ServerHealth(ServerHealth.Status.READY, "llama.cpp says " + status);
    } catch (ProviderException e) {
      // It is there, and answers 503 until its model is in memory.
      ServerHealth.Status status =
          e.kind() == ErrorKind.OVERLOADED ? ServerHealth.Status.LOADING : ServerHealth.Status.DOWN;
      return new ServerHealth(status, String.valueOf(e.getMessage()));
    }
  }

  LlamaCppProperties properties() {
    JsonNode props = ask("props");
    JsonNode context = props.path("default_generation_settings").path("n_ctx");
    String path = Json.text(props, "model_path");
    JsonNode modalities = props.path("modalities");
    return new LlamaCppProperties(
        path.isEmpty() ? Json.text(props, "model_alias") : path,
        context.asLong(0) > 0 ? OptionalLong.of(context.asLong()) : OptionalLong.empty(),
        Math.max(0, props.path("total_slots").asInt(0)),
        modalities.path("vision").asBoolean(false),
        modalities.path("audio").asBoolean(false));
  }

  /** What is known of its model; little if it is not there: the first call will say more. */
  Model facts(String id) {
    try {
      LlamaCppProperties known = properties();
      long context = known.contextTokens().orElse(CONTEXT_TOKENS);
      return Model.builder(provider, id)
          .limits(context, context)
          .tokenizer(Tokenizer.OTHER)
          .prices(Prices.FREE)
          .traits(known.traits())
          .build();
    } catch (ProviderException e) {
      return Model.local(provider, id, CONTEXT_TOKENS);
    }
  }

  List<Integer> tokenize(String text, Deadline deadline) {
    List<Integer> tokens = new ArrayList<>();
    for (JsonNode token : tokens(text, false, deadline)) {
      tokens.add(token.asInt());
    }
    return List.copyOf(tokens);
  }

  long countTokens(String model, ChatRequest request, Deadline deadline) {
    ProviderCall call = new ProviderCall(model, request, Optional.empty(), deadline);
    ObjectNode body =
        new OpenAiChatRequest(new OpenAiDialect(provider, endpoint.host())).tree(call);
    Errand errand =
        endpoint.errand(
            provider, model, request.messages().stream().map(Message::text).toList(), deadline);
    JsonNode prompt = Reply.post(endpoint, errand, "apply-template", body).json();
    return tokens(Json.text(prompt, "prompt"), true, deadline).size();
  }

  private JsonNode tokens(String text, boolean special, Deadline deadline) {
    ObjectNode question = Json.object().put("content", text);
    question.put("add_special", special).put("parse_special", special);
    Errand errand = endpoint.errand(provider, "tokenize", List.of(text), deadline);
    return Reply.post(endpoint, errand, "tokenize", question).json().path("tokens");
  }

  private JsonNode ask(String path) {
    Errand errand = endpoint.errand(provider, path, List.of(), Deadline.after(QUICK));
    return Reply.get(endpoint, errand, path).json();
  }
}
