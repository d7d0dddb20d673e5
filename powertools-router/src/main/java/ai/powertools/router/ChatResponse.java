package ai.powertools.router;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.Optional;

/**
 * What a model answered.
 *
 * @param text the answer
 * @param provider who served it, as in {@code openai}
 * @param model the model that served it, as the provider names it
 * @param usage the tokens that it used
 * @param usageCertainty {@link Certainty#EXACT} when the provider reported the usage, {@link
 *     Certainty#ESTIMATED} when it was counted here
 * @param finishReason why it ended
 * @param requestId the provider's name for the call, for its support
 * @param timeToFirstToken from sending to the first text, when it was streamed
 * @param duration from sending to the end
 */
public record ChatResponse(
    String text,
    String provider,
    String model,
    Usage usage,
    Certainty usageCertainty,
    FinishReason finishReason,
    Optional<String> requestId,
    Optional<Duration> timeToFirstToken,
    Duration duration) {

  /** An answer whose usage is known exactly and that was there at once. */
  public static ChatResponse of(String text, String provider, String model, Usage usage) {
    return new ChatResponse(
        text,
        provider,
        model,
        usage,
        Certainty.EXACT,
        FinishReason.STOP,
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO);
  }
}
