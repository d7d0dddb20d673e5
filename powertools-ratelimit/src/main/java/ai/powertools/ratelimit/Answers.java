package ai.powertools.ratelimit;

import ai.powertools.ratelimit.shared.Grant;
import ai.powertools.ratelimit.shared.SharedTake;
import org.jspecify.annotations.Nullable;

/** What a gate does when something comes from where shared limits are kept. */
final class Answers implements Supply.Bell {
  private final Gate gate;

  Answers(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void answered(SharedTake take, @Nullable Grant grant, @Nullable Throwable failure) {
    gate.guarded(now -> gate.steering().answered(take, grant, failure, now));
  }

  @Override
  public void sweep() {
    gate.guarded(now -> gate.steering().sweep(now));
  }
}
