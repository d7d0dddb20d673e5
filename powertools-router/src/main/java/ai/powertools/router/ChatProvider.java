package ai.powertools.router;

import ai.powertools.models.Model;
import java.net.URI;
import java.util.Optional;

/**
 * One vendor's endpoint, or something that behaves like one. It knows the vendor's wire format and
 * nothing else: no budgets, no retries, no log. Implementations are safe for use by many threads.
 */
public interface ChatProvider {
  /** Short and stable, as in {@code openai}; the first half of a model's label. */
  String name();

  /**
   * Asks and waits for the whole answer; where the call has a listener, hands it the text as it
   * arrives. An interrupt ends the call, closes what is open, and stays set on the thread.
   *
   * @throws ProviderException if there is no whole answer, for whatever reason; what works in
   *     process may throw {@code CancelledException} and {@code DeadlineExceededException} of the
   *     core in the place of kinds {@link ErrorKind#CANCELLED} and {@link ErrorKind#TIMEOUT}
   */
  ChatResponse chat(ProviderCall call);

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

  /** Why this request can't be served, when that is plain before it is sent. */
  default Optional<String> refusal(Model model, ChatRequest request) {
    return Optional.empty();
  }

  /** One of its models, for a router; what is known of it comes from the router's catalog. */
  default RoutedModel model(String id) {
    return new RoutedModel(this, id, Optional.empty());
  }

  /** One of its models, with facts of one's own. */
  default RoutedModel model(Model facts) {
    return new RoutedModel(this, facts.id(), Optional.of(facts));
  }
}
