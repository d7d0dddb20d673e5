package ai.powertools.router.providers;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.StreamListener;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One answer as it comes in: what has arrived, who was told of it, when, and how its end is
 * reported. For one call and its thread.
 */
final class Answer implements Attempt {
  private final ChatProvider provider;
  private final ProviderCall call;
  private final Masking masking;
  private final Time time;
  private final long start;
  private final @Nullable StreamListener listener;
  private final Parts parts = new Parts();
  private final Report report = new Report();
  private @Nullable Duration first;

  /** A listener has been given some of the answer; parts that come whole are not told. */
  private boolean told;

  Answer(ChatProvider provider, ProviderCall call, Masking masking, Time time) {
    this.provider = provider;
    this.call = call;
    this.masking = masking;
    this.time = time;
    this.start = time.nanos();
    this.listener = call.listener().orElse(null);
  }

  @Override
  public Deadline deadline() {
    return call.deadline();
  }

  @Override
  public Time time() {
    return time;
  }

  /** What was asked for. */
  ProviderCall call() {
    return call;
  }

  /** What the vendor says besides the answer. */
  Report report() {
    return report;
  }

  /** Whether any part of an answer has arrived. */
  boolean hasContent() {
    return !parts.isEmpty();
  }

  /** Whether a tool is to be called. */
  boolean hasToolCalls() {
    return parts.hasToolCalls();
  }

  /** Some more of the words. */
  void text(String delta) {
    if (!delta.isEmpty()) {
      parts.text(delta);
      tell(new StreamEvent.TextDelta(delta));
    }
  }

  /** Some more of the thoughts. */
  void reasoning(String delta) {
    if (!delta.isEmpty()) {
      parts.reasoning(delta);
      tell(new StreamEvent.ReasoningDelta(delta));
    }
  }

  /** New thoughts begin, apart from those before. */
  void beginReasoning() {
    parts.beginReasoning();
  }

  /** What the vendor wants to see again with the last thoughts. */
  void reasoningState(Content.VendorState state) {
    parts.reasoningState(state);
  }

  /**
   * Some more of a tool call.
   *
   * @param key which call, by the vendor's own count
   * @param id empty if it is known already, or the vendor gives none
   * @param name empty if it is known already
   */
  void toolCall(int key, String id, String name, String json) {
    Parts.Call part = parts.toolCall(key, id, name, json);
    if (!part.name().isEmpty()) {
      tell(new StreamEvent.ToolCallDelta(part.index(), part.id(), part.name(), part.untold()));
    }
  }

  /** What the vendor wants to see again with a call. */
  void toolCallState(int key, Content.VendorState state) {
    parts.toolCallState(key, state);
  }

  /** A part that came whole, and that no delta tells of. */
  void part(Content content) {
    parts.add(content);
    first();
  }

  /** What was used so far, by the vendor's count. */
  void used(Usage usage) {
    report.usageSoFar(usage);
    if (listener != null) {
      pass(listener, new StreamEvent.UsageUpdate(usage));
    }
  }

  @Override
  public ProviderException.Builder failure(ErrorKind kind, String why) {
    ProviderException.Builder failure =
        ProviderException.builder(
            kind, provider.name(), call.model(), masking.mask(why, call.request()));
    return failure.partial(parts.words(), false).delivered(told).partialUsage(partial());
  }

  /**
   * The whole answer.
   *
   * @param model as the vendor names it; empty if it does not
   */
  ChatResponse response(String model, FinishReason reason, Optional<String> requestId) {
    Optional<Usage> reported = report.reported().filter(this::isPlausible);
    return new ChatResponse(
        parts.contents(),
        provider.name(),
        model.isEmpty() ? call.model() : model,
        reported.orElseGet(() -> completed(report.reported())),
        reported.isPresent() ? Certainty.EXACT : Certainty.ESTIMATED,
        reason,
        requestId,
        listener == null ? Optional.empty() : Optional.ofNullable(first),
        time.since(start),
        report.details());
  }

  /** What had been used when it broke off; empty when nothing had come. */
  private Optional<Usage> partial() {
    Optional<Usage> soFar = report.usage();
    if (soFar.isEmpty() && !hasContent()) {
      return Optional.empty();
    }
    // What was reported on the way may be behind what has arrived.
    Usage reported = completed(soFar);
    long behind = Math.max(0, counter().count(parts.all()).tokens() - reported.outputTokens());
    return Optional.of(reported.plus(Usage.of(0, behind)));
  }

  private boolean isPlausible(Usage usage) {
    return usage.inputTokens() > 0 && (usage.outputTokens() > 0 || !hasContent());
  }

  /** What the vendor did not count is counted here. */
  private Usage completed(Optional<Usage> reported) {
    Usage known = reported.orElse(Usage.ZERO);
    long output = known.outputTokens() > 0 ? 0 : counter().count(parts.all()).tokens();
    long input = known.inputTokens() > 0 ? 0 : inputTokens();
    return known.plus(Usage.of(input, output));
  }

  private long inputTokens() {
    return counter()
        .countChat(call.request().messages().stream().map(Message::text).toList())
        .tokens();
  }

  /** With the tokenizer that the model is known for. */
  private TokenCounter counter() {
    ModelCatalog catalog = ModelCatalog.bundled();
    return catalog.tokens(new ChatModel(provider, call.model(), Optional.empty()).resolve(catalog));
  }

  private void tell(StreamEvent event) {
    first();
    if (listener != null) {
      told = true;
      pass(listener, event);
    }
  }

  private void pass(StreamListener told, StreamEvent event) {
    try {
      told.on(event);
    } catch (CancelledException e) {
      // What was used by then is known here, and to nobody further out.
      throw failure(ErrorKind.CANCELLED, "its reader called it off")
          .mayBeBilled(true)
          .cause(e)
          .build();
    }
  }

  private void first() {
    if (first == null) {
      first = time.since(start);
    }
  }
}
