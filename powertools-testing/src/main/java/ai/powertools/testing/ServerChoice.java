package ai.powertools.testing;

import ai.powertools.core.ConfigurationException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which kind of a real server tests run on: the embedded one or, when {@code
 * POWERTOOLS_TEST_DOCKER} is 1, one in a container.
 *
 * @param name as people call it
 * @param dependencies what must be on the class path for the embedded one
 */
record ServerChoice(String name, String dependencies) {
  private static final String SWITCH = "POWERTOOLS_TEST_DOCKER";

  /**
   * Starts one.
   *
   * @param environment the variables of the process
   * @param embedded touches the classes of the optional dependency, which may be absent
   * @param container the same
   * @throws ConfigurationException if it can't be had, with what to do about it
   */
  <T> T start(Map<String, String> environment, Supplier<T> embedded, Supplier<T> container) {
    boolean docker = "1".equals(environment.get(SWITCH));
    try {
      return docker ? container.get() : embedded.get();
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(docker ? noTestcontainers() : noEmbedded(), e);
    } catch (RuntimeException e) {
      throw new ConfigurationException(docker ? noContainer(e) : noBinaries(e), e);
    }
  }

  private String noTestcontainers() {
    return name
        + " in a container ("
        + SWITCH
        + "=1) needs org.testcontainers:testcontainers on the class path of the tests."
        + " Add it, or unset the variable to use the embedded one.";
  }

  private String noEmbedded() {
    return "An embedded "
        + name
        + " needs "
        + dependencies
        + " on the class path of the tests. Add it, or set "
        + SWITCH
        + "=1 to use a container.";
  }

  private String noContainer(RuntimeException e) {
    return name
        + " did not start in a container ("
        + SWITCH
        + "=1): "
        + e.getMessage()
        + " Start Docker, or unset the variable to use the embedded one.";
  }

  private String noBinaries(RuntimeException e) {
    return "The embedded "
        + name
        + " did not start on "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ": "
        + e.getMessage()
        + ". Look whether "
        + dependencies
        + " has binaries for this platform, or set "
        + SWITCH
        + "=1 to use a container.";
  }
}
