package ai.powertools.testing;

import java.net.URI;
import java.util.function.UnaryOperator;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * Touched only when containers are wanted: Testcontainers may be absent. It removes its containers
 * after the JVM's end.
 */
final class ContainerUrls {
  private ContainerUrls() {}

  /** From the name of a database to its URL. */
  static UnaryOperator<String> postgres() {
    GenericContainer<?> container =
        new GenericContainer<>("postgres:18-alpine")
            .withEnv("POSTGRES_PASSWORD", "test")
            .withExposedPorts(5432)
            // It starts once to be set up and once more to stay.
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\n", 2));
    container.start();
    String base = "jdbc:postgresql://" + container.getHost() + ":" + container.getFirstMappedPort();
    return name -> base + "/" + name + "?user=postgres&password=test";
  }

  static URI redis() {
    GenericContainer<?> container = new GenericContainer<>("redis:7-alpine").withExposedPorts(6379);
    container.start();
    return URI.create("redis://" + container.getHost() + ":" + container.getFirstMappedPort());
  }
}
