package ai.powertools.session;

import java.util.Optional;

/**
 * What a look at a record found.
 *
 * @param problem what is wrong with it; empty when its value can be had
 * @param codec what it was written with: a name, or a number where there is no such codec
 * @param storedSize its size in bytes
 * @param plainSize the size of its value before it was compressed, in bytes; 0 when it is damaged
 * @param keyId the key that it is encrypted with, if it is
 */
record RecordCheck(
    Optional<String> problem,
    String codec,
    int storedSize,
    long plainSize,
    Optional<String> keyId) {

  boolean isIntact() {
    return problem.isEmpty();
  }
}
