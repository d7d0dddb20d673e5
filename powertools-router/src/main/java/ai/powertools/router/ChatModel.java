package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usd;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One model of one provider: to be asked, or to be given to a router. Asking it is one request to
 * the vendor, without budgets, limits or another try. Immutable and thread-safe, if its provider
 * is.
 *
 * <pre>{@code
 * ChatModel model = OpenAi.fromEnv().model("gpt-5-mini");
 * String text = model.chat("Why is the sky blue?").text();
 * Person person = model.chat(ChatRequest.of("Ada, 36, of London"), Person.class).value();
 * }</pre>
 *
 * @param provider who serves it
 * @param id the provider's own name of it
 * @param facts what is known of it; empty to look it up in the catalog
 * @param deployment where it is served, if that matters
 */
public record ChatModel(
    ChatProvider provider, String id, Optional<Model> facts, Deployment deployment) {

  /** The only deployment of a model. */
  public ChatModel(ChatProvider provider, String id, Optional<Model> facts) {
    this(provider, id, facts, Deployment.ONLY);
  }

  /**
   * As in {@code openai:gpt-5-mini}, or {@code openai:gpt-5-mini@eu-1} with a deployment's name.
   */
  public String label() {
    String name = provider.name() + ":" + id;
    return deployment.name().map(place -> name + "@" + place).orElse(name);
  }

  /** The same, told from others of this model by a name, as for a second key. */
  public ChatModel deployment(String name) {
    return at(
        new Deployment(
            Optional.of(name), deployment.region(), deployment.perHour(), deployment.ability()));
  }

  /** The same, known to be served in this region, as in {@code eu}. */
  public ChatModel region(String region) {
    return at(
        new Deployment(
            deployment.name(), Optional.of(region), deployment.perHour(), deployment.ability()));
  }

  /**
   * The same, costing so much for each hour in which it answers, instead of its price per token:
   * for a machine of one's own.
   */
  public ChatModel perHour(Usd price) {
    return at(
        new Deployment(
            deployment.name(), deployment.region(), Optional.of(price), deployment.ability()));
  }

  /** The same, known to be so good: 0 to 1, by one's own evaluation. */
  public ChatModel ability(double ability) {
    return at(
        new Deployment(
            deployment.name(),
            deployment.region(),
            deployment.perHour(),
            OptionalDouble.of(ability)));
  }

  private ChatModel at(Deployment other) {
    return new ChatModel(provider, id, facts, other);
  }

  /** Asks one question and waits for the answer. */
  public ChatResponse chat(String question) {
    return chat(ChatRequest.of(question));
  }

  /**
   * Asks, and waits for the whole answer.
   *
   * @throws ProviderException if there is none; of kind {@link ErrorKind#INVALID_REQUEST}, before
   *     anything is sent, if the request asks for what the model is known not to do
   */
  public ChatResponse chat(ChatRequest request) {
    return chat(request, Deadline.never());
  }

  /** The same, within the deadline. */
  public ChatResponse chat(ChatRequest request, Deadline deadline) {
    refuse(request);
    return provider.chat(new ProviderCall(id, request, Optional.empty(), deadline));
  }

  /**
   * Asks, hands the answer to a listener as it arrives, its end or error too, and gives the whole.
   */
  public ChatResponse chat(ChatRequest request, StreamListener listener, Deadline deadline) {
    return Telling.theEnd(
        listener,
        told -> {
          refuse(request);
          return provider.chat(new ProviderCall(id, request, Optional.of(told), deadline));
        },
        Function.identity());
  }

  /**
   * Asks for an answer with the components of a record; if it does not fit, asks once more, saying
   * why.
   *
   * @throws StructuredOutputException if neither answer fits; it has both
   * @throws IllegalArgumentException if the record has components that no schema describes
   */
  public <T extends Record> StructuredResponse<T> chat(ChatRequest request, Class<T> type) {
    return chat(request, type, Deadline.never());
  }

  /** The same, both requests within the deadline. */
  public <T extends Record> StructuredResponse<T> chat(
      ChatRequest request, Class<T> type, Deadline deadline) {
    return StructuredChat.ask(asked -> chat(asked, deadline), request, type);
  }

  /** Asks on a thread of its own; cancelling the future hangs up. */
  public CompletableFuture<ChatResponse> chatAsync(ChatRequest request) {
    return AsyncCall.start(() -> chat(request));
  }

  /** Asks, and gives the answer as it arrives; close it to call the rest off. */
  public ChatStream stream(ChatRequest request) {
    return stream(request, Deadline.never());
  }

  /** The same, within the deadline. */
  public ChatStream stream(ChatRequest request, Deadline deadline) {
    refuse(request);
    return provider.stream(new ProviderCall(id, request, Optional.empty(), deadline));
  }

  /**
   * What is known of it: limits and prices, or that they are not known. Of a model that the catalog
   * has from another provider only, the limits are taken over but not the prices: who serves it
   * sets them.
   */
  public Model resolve(ModelCatalog catalog) {
    return facts
        .or(() -> catalog.find(provider.name() + "/" + id))
        .or(() -> catalog.find(id).map(this::withoutPrices))
        .orElseGet(() -> Model.builder(provider.name(), id).build());
  }

  private void refuse(ChatRequest request) {
    Model model = resolve(ModelCatalog.bundled());
    provider
        .refusal(model, request)
        .or(() -> Limits.refusal(model, request))
        .ifPresent(
            why -> {
              throw ProviderException.builder(
                      ErrorKind.INVALID_REQUEST, provider.name(), id, "nothing was sent: " + why)
                  .build();
            });
  }

  private Model withoutPrices(Model known) {
    return Model.builder(provider.name(), id)
        .name(known.name())
        .limits(known.contextTokens(), known.maxOutputTokens())
        .tokenizer(known.tokenizer())
        .traits(known.traits())
        .build();
  }
}
