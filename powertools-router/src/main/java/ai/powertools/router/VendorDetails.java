package ai.powertools.router;

import ai.powertools.models.UsageReport;
import ai.powertools.models.Usd;
import java.util.List;
import java.util.Optional;

/**
 * What a vendor says of a call besides the answer; empty where it says nothing.
 *
 * @param responseId the vendor's name for the answer, as in {@code chatcmpl-…}
 * @param finishReason why it ended, in the vendor's word
 * @param serviceTier how it was served, in the vendor's word
 * @param usage what was used, as the vendor wrote it: a JSON object
 * @param cost what the vendor says it costs
 * @param iterations what else the vendor ran within this call and charges for
 * @param rateLimits what the headers say about limits
 * @param timings how long a server of one's own took
 */
public record VendorDetails(
    Optional<String> responseId,
    Optional<String> finishReason,
    Optional<String> serviceTier,
    Optional<String> usage,
    Optional<Usd> cost,
    List<UsageReport> iterations,
    RateLimits rateLimits,
    Optional<ServerTimings> timings) {

  /** Nothing said. */
  public static final VendorDetails NONE =
      new VendorDetails(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          RateLimits.NONE,
          Optional.empty());

  /** Copies the list. */
  public VendorDetails {
    iterations = List.copyOf(iterations);
  }
}
