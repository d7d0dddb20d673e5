package ai.powertools.router.providers;

import ai.powertools.models.UnreadableUsageException;
import ai.powertools.models.Usage;
import ai.powertools.models.UsageReader;
import ai.powertools.models.UsageReport;
import ai.powertools.models.Usd;
import ai.powertools.router.RateLimits;
import ai.powertools.router.ServerTimings;
import ai.powertools.router.VendorDetails;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a vendor says of a call besides the answer, collected as it comes. For one thread. */
final class Report {
  private String responseId = "";
  private String finishReason = "";
  private String serviceTier = "";
  private @Nullable String rawUsage;
  private @Nullable UsageReport usage;
  private @Nullable Usage usageSoFar;
  private RateLimits rateLimits = RateLimits.NONE;
  private @Nullable ServerTimings timings;

  void responseId(String id) {
    responseId = id.isEmpty() ? responseId : id;
  }

  /** The last one counts; an empty one says nothing. */
  void finishReason(String reason) {
    finishReason = reason.isEmpty() ? finishReason : reason;
  }

  String finishReason() {
    return finishReason;
  }

  void serviceTier(String tier) {
    serviceTier = tier.isEmpty() ? serviceTier : tier;
  }

  void rateLimits(RateLimits limits) {
    rateLimits = limits;
  }

  void timings(ServerTimings serverTimings) {
    timings = serverTimings;
  }

  void usageSoFar(Usage soFar) {
    usageSoFar = soFar;
  }

  /**
   * Reads the final usage. What can't be read is as good as not reported.
   *
   * @param body the response, or what of it the reader looks at
   * @param raw the usage as the vendor wrote it
   */
  void usage(UsageReader reader, ObjectNode body, JsonNode raw) {
    rawUsage = raw.toString();
    try {
      usage = reader.report(body.toString());
    } catch (UnreadableUsageException e) {
      usage = null; // counted here then, and called an estimate
    }
  }

  /** What was used, by the vendor's count at the end; empty when it gave none that can be read. */
  Optional<Usage> reported() {
    return Optional.ofNullable(usage).map(UsageReport::usage);
  }

  /** The same, or else what the vendor had counted on the way. */
  Optional<Usage> usage() {
    return reported().or(() -> Optional.ofNullable(usageSoFar));
  }

  VendorDetails details() {
    UsageReport report = usage;
    Optional<Usd> cost = report == null ? Optional.empty() : report.vendorCost();
    Optional<String> tier = report == null ? Optional.empty() : report.tier();
    return new VendorDetails(
        given(responseId),
        given(finishReason),
        given(serviceTier).or(() -> tier),
        Optional.ofNullable(rawUsage),
        cost,
        report == null ? List.of() : report.iterations(),
        rateLimits,
        Optional.ofNullable(timings));
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
