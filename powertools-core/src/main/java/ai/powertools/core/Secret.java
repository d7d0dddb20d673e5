package ai.powertools.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen: an API key, a password. It prints as {@code Secret(***)} wherever
 * it ends up, compares in constant time, and gives its value only to {@link #reveal()}.
 *
 * <p>Immutable. Not {@code Serializable} on purpose.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * A secret with this value, without the white space around it.
   *
   * @throws IllegalArgumentException if {@code value} is blank, which is never a secret but often a
   *     variable that was not set
   */
  public static Secret of(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A secret must not be blank.");
    }
    return new Secret(value.strip());
  }

  /**
   * The secret in an environment variable.
   *
   * @throws ConfigurationException if the variable is not set or blank
   */
  public static Secret env(String variable) {
    return findEnv(variable)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "Environment variable "
                        + variable
                        + " is not set. Set it to the secret and start again."));
  }

  /** The secret in an environment variable; empty when it is not set or blank. */
  public static Optional<Secret> findEnv(String variable) {
    return find(System.getenv(), variable);
  }

  /** The secret under {@code name} in a map such as {@link System#getenv()}; empty when blank. */
  public static Optional<Secret> find(Map<String, String> values, String name) {
    return Optional.ofNullable(values.get(name)).filter(v -> !v.isBlank()).map(Secret::of);
  }

  /** The value itself. Call this at the last moment, and keep what it gives nowhere. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  /** The same for all secrets: a hash of the value would tell something about it. */
  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "Secret(***)";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
