package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer as it comes in: what has arrived, who was told of it, when, and how its end is
 * reported. For one call and its thread.
 */
final class Arrival {
  private final ChatProvider provider;
  private final ProviderCall call;
  private final Masking masking;
  private final Time time;
  private final long start;
  private final StringBuilder text = new StringBuilder();
  private @Nullable Duration first;

  Arrival(ChatProvider provider, ProviderCall call, Masking masking, Time time) {
    this.provider = provider;
    this.call = call;
    this.masking = masking;
    this.time = time;
    this.start = time.nanos();
  }

  Deadline deadline() {
    return call.deadline();
  }

  Time time() {
    return time;
  }

  String text() {
    return text.toString();
  }

  /** Some more of the text. */
  void add(String delta) {
    if (delta.isEmpty()) {
      return;
    }
    text.append(delta);
    if (call.listener().isPresent()) {
      if (first == null) {
        first = time.since(start);
      }
      call.listener().get().on(new StreamEvent.TextDelta(delta));
    }
  }

  /** An error that knows what had arrived; the words are masked here. */
  ProviderException.Builder failure(ErrorKind kind, String why) {
    return ProviderException.builder(
            kind, provider.name(), call.model(), masking.mask(why, call.request()))
        .partial(text(), call.listener().isPresent());
  }

  /**
   * The whole answer.
   *
   * @param usage what the vendor reported, which may be nothing or nonsense
   */
  ChatResponse response(
      String model, ReportedUsage usage, FinishReason reason, Optional<String> requestId) {
    boolean known = usage.isPlausible(text.length() > 0);
    return new ChatResponse(
        text(),
        provider.name(),
        model.isEmpty() ? call.model() : model,
        known ? usage.normalised() : estimate(usage),
        known ? Certainty.EXACT : Certainty.ESTIMATED,
        reason,
        requestId,
        Optional.ofNullable(first),
        time.since(start));
  }

  /** Counts here what the vendor did not count, with the tokenizer that the model is known for. */
  private Usage estimate(ReportedUsage usage) {
    ModelCatalog catalog = ModelCatalog.bundled();
    RoutedModel model = new RoutedModel(provider, call.model(), Optional.empty());
    TokenCounter counter = catalog.tokens(model.resolve(catalog));
    long input =
        counter.countChat(call.request().messages().stream().map(Message::text).toList()).tokens();
    return usage.completed(input, counter.count(text()).tokens());
  }
}
