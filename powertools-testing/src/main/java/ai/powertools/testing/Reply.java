package ai.powertools.testing;

import ai.powertools.core.Time;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What the parts of one answer have in common.
 *
 * @param number of the request among all of this simulator, from 1
 * @param created when the request came
 * @param startNanos of the time when it came
 */
record Reply(
    int number,
    Call call,
    SimulatedAnswer answer,
    SimulatedUsage usage,
    Instant created,
    Time time,
    long startNanos) {

  JsonNode request() {
    return call.request().body();
  }

  String model() {
    return Objects.requireNonNullElse(answer.servedModel(), call.model());
  }

  Duration took() {
    return time.since(startNanos);
  }

  /** An identity that no other part of any answer has. */
  String id(String prefix) {
    return prefix + "simulated_" + number;
  }

  String id(String prefix, int index) {
    return id(prefix) + "_" + index;
  }
}
