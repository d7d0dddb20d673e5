package ai.powertools.router;

import ai.powertools.models.Cost;
import ai.powertools.models.Model;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model that is being asked, as the layers around it see it. */
public final class Candidate {
  private final ChatModel source;
  private final Model model;
  private final Offer offer;
  private final Supplier<Cost> worst;
  private volatile @Nullable Cost worstCase;

  Candidate(ChatModel source, Model model, Offer offer, Supplier<Cost> worst) {
    this.source = source;
    this.model = model;
    this.offer = offer;
    this.worst = worst;
  }

  /** As in {@code openai:gpt-5-mini}. */
  public String label() {
    return offer.label();
  }

  /** Who serves it. */
  public ChatProvider provider() {
    return source.provider();
  }

  /** What is known of it. */
  public Model model() {
    return model;
  }

  /** The provider's own name of it. */
  public String id() {
    return source.id();
  }

  /** What it was chosen by. */
  public Offer offer() {
    return offer;
  }

  /** What the conversation takes. */
  public long inputTokens() {
    return offer.tokens().input();
  }

  /** A bound above it, where it was estimated. */
  public long inputTokensAtMost() {
    return offer.tokens().inputAtMost();
  }

  /** The length that the answer is expected to have. */
  public long expectedOutputTokens() {
    return offer.tokens().expectedOutput();
  }

  /** The most that the answer can take. */
  public long maxOutputTokens() {
    return offer.tokens().maxOutput();
  }

  /** What one attempt can cost at most. */
  public Cost worstCase() {
    Cost known = worstCase;
    if (known == null) {
      known = worst.get();
      worstCase = known;
    }
    return known;
  }

  /** What its machine costs for so long; empty for models that are paid by the token. */
  public Optional<Cost> timeCost(Duration took) {
    return source
        .deployment()
        .perHour()
        .map(price -> MachineTime.asCost(MachineTime.cost(price, took)));
  }

  @Override
  public String toString() {
    return label();
  }
}
