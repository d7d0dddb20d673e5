package ai.powertools.router.providers;

import ai.powertools.core.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** Reads variables of the environment. */
final class Environment {
  private Environment() {}

  /** What a variable says; empty if it is not set, or blank. */
  static Optional<String> text(Map<String, String> env, String variable) {
    return Optional.ofNullable(env.get(variable)).map(String::strip).filter(set -> !set.isEmpty());
  }

  /**
   * The address in a variable.
   *
   * @throws ConfigurationException if it is none; its message does not have the value, which may
   *     have a key in it
   */
  static Optional<URI> address(Map<String, String> env, String variable) {
    return text(env, variable).map(set -> uri(set, variable));
  }

  private static URI uri(String text, String variable) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new ConfigurationException(
          variable + " is no address. Set it to one, as in http://localhost:8000/v1.");
    }
  }
}
