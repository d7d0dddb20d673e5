package ai.powertools.router;

import ai.powertools.models.Model;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One vendor's endpoint, or something that behaves like one. It knows the vendor's wire format and
 * nothing else: no budgets, no retries, no log. Implementations are safe for use by many threads.
 *
 * <p>What else a vendor has is another interface: {@link EmbeddingProvider}, {@link
 * TokenCountingProvider}, {@link LocalServer}.
 */
public interface ChatProvider {
  /** Short and stable, as in {@code openai}; the first half of a model's label. */
  String name();

  /**
   * Asks and waits for the whole answer; where the call has a listener, hands it the answer as it
   * arrives, but not its end. An interrupt ends the call, closes what is open, and stays set on the
   * thread.
   *
   * @throws ProviderException if there is no whole answer, for whatever reason; what works in
   *     process may throw {@code CancelledException} and {@code DeadlineExceededException} of the
   *     core in the place of kinds {@link ErrorKind#CANCELLED} and {@link ErrorKind#TIMEOUT}
   */
  ChatResponse chat(ProviderCall call);

  /**
   * The same on a thread of its own. Cancelling the future interrupts the call and hangs up; it
   * fails with what {@link #chat} throws.
   */
  default CompletableFuture<ChatResponse> chatAsync(ProviderCall call) {
    return AsyncCall.start(() -> chat(call));
  }

  /**
   * The answer as it arrives, to be pulled; closing it early hangs up. A listener of the call is
   * not told.
   */
  default ChatStream stream(ProviderCall call) {
    return ChatStream.of(
        listener ->
            chat(
                new ProviderCall(
                    call.model(), call.request(), Optional.of(listener), call.deadline())));
  }

  /** Whether the text stays on this machine. */
  default boolean isLocal() {
    return false;
  }

  /** Where it sends requests to, without a key; empty when it works in this process. */
  default Optional<URI> endpoint() {
    return Optional.empty();
  }

  /** Whether it is only for when nothing better answers, however little it costs. */
  default boolean isLastResort() {
    return false;
  }

  /**
   * Whether a model goes on from the last word when the conversation ends with an answer that broke
   * off, instead of beginning a new one.
   */
  default boolean continuesText(String model) {
    return false;
  }

  /** Why this request can't be served, when that is plain before it is sent. */
  default Optional<String> refusal(Model model, ChatRequest request) {
    return Optional.empty();
  }

  /** One of its models; what is known of it comes from the catalog. */
  default ChatModel model(String id) {
    return new ChatModel(this, id, Optional.empty());
  }

  /** One of its models, with facts of one's own. */
  default ChatModel model(Model facts) {
    return new ChatModel(this, facts.id(), Optional.of(facts));
  }
}
