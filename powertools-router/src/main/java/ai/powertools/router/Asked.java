package ai.powertools.router;

import ai.powertools.core.Deadline;
import ai.powertools.models.ChatTexts;
import ai.powertools.models.PromptMessage;
import ai.powertools.models.PromptTool;
import ai.powertools.models.TokenCount;
import ai.powertools.models.TokenCounter;
import ai.powertools.router.quality.Prediction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is asked, looked at once for all models. For one decision, on one thread. */
final class Asked {
  final Task task;
  final ChatRequest request;

  /** The task's constraints, no laxer than the router's. */
  final Constraints constraints;

  final Deadline deadline;
  final Needs needs;
  final Instant now;
  final long nanos;
  final AnswerLengths lengths;
  final Map<String, Rating> ratings;
  final WarmCaches.@Nullable Warm warm;

  /** A hash of the task's key. */
  final OptionalLong key;

  /** Whether quality is to be estimated; the complexity and the prediction are there only then. */
  final boolean weighsQuality;

  final double complexity;

  /** What decides, where the predictor knows the kind of prompt. */
  final QualityScorer.@Nullable Odds prediction;

  /** What the predictor said, whether or not it knows the kind of prompt. */
  final @Nullable Prediction said;

  /** By the numbers of the router's counters. */
  private final @Nullable TokenCount[] counts;

  private @Nullable ChatTexts texts;

  Asked(
      Task task,
      Constraints constraints,
      Deadline deadline,
      Instant now,
      long nanos,
      AnswerLengths lengths,
      Map<String, Rating> ratings,
      OptionalLong key,
      WarmCaches.@Nullable Warm warm,
      boolean weighsQuality,
      double complexity,
      QualityScorer.@Nullable Odds prediction,
      @Nullable Prediction said,
      int counters) {
    this.task = task;
    this.request = task.request();
    this.constraints = constraints;
    this.deadline = deadline;
    this.needs = Needs.of(request);
    this.now = now;
    this.nanos = nanos;
    this.lengths = lengths;
    this.ratings = ratings;
    this.warm = warm;
    this.key = key;
    this.weighsQuality = weighsQuality;
    this.complexity = complexity;
    this.prediction = prediction;
    this.said = said;
    this.counts = new @Nullable TokenCount[counters];
  }

  /** What the conversation takes, tools included; each counter counts once. */
  TokenCount tokens(Contender contender) {
    TokenCount known = counts[contender.counterNumber()];
    if (known == null) {
      TokenCounter counter = contender.counter();
      known = needs.tools() ? withTools(counter) : texts().tokens(counter);
      counts[contender.counterNumber()] = known;
    }
    return known;
  }

  private ChatTexts texts() {
    ChatTexts known = texts;
    if (known == null) {
      String[] contents = new String[request.messages().size()];
      for (int i = 0; i < contents.length; i++) {
        contents[i] = request.messages().get(i).text();
      }
      known = ChatTexts.of(List.of(contents));
      texts = known;
    }
    return known;
  }

  private TokenCount withTools(TokenCounter counter) {
    List<PromptMessage> messages = new ArrayList<>();
    for (Message message : request.messages()) {
      String role = message.role().name().toLowerCase(Locale.ROOT);
      messages.add(new PromptMessage(role, message.text(), Optional.empty()));
    }
    List<PromptTool> tools = new ArrayList<>();
    for (Tool tool : request.tools()) {
      tools.add(PromptTool.of(tool.name(), tool.description(), tool.parameters()));
    }
    return counter.count(messages, tools);
  }
}
