package ai.powertools.models;

import java.util.List;
import java.util.Optional;

/**
 * What a response says about its own cost.
 *
 * @param usage what was used by the model that answered
 * @param servedModel the model that answered, which need not be the one that was asked for; empty
 *     when the response does not say
 * @param tier the service tier in which it was served, in the vendor's word; empty when the
 *     response does not say
 * @param region where it was processed, in the vendor's word; empty when the response does not say
 * @param vendorCost what the vendor says the call costs; empty when it does not
 * @param iterations what else the vendor ran within this call and charges for, by other models or
 *     on its own account (advice, compaction, a model that declined before another answered); none
 *     of it is in {@code usage}
 */
public record UsageReport(
    Usage usage,
    Optional<String> servedModel,
    Optional<String> tier,
    Optional<String> region,
    Optional<Usd> vendorCost,
    List<UsageReport> iterations) {

  /** Copies the list. */
  public UsageReport {
    iterations = List.copyOf(iterations);
  }

  /** Usage of a model, and no more. */
  public static UsageReport of(Usage usage, String servedModel) {
    return new UsageReport(
        usage,
        Optional.of(servedModel),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
