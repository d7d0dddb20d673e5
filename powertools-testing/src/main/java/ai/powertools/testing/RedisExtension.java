package ai.powertools.testing;

import java.net.URI;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test that asks for a {@link URI} a Redis without keys.
 *
 * <pre>{@code
 * @ExtendWith(RedisExtension.class)
 * class SharedLimitIT {
 *   @Test
 *   void isOneLimitForAll(URI redis) { … }
 * }
 * }</pre>
 *
 * <p>The server is one for the whole JVM, and emptied when a test first asks for it: don't run such
 * tests in parallel. Asked for in {@code @BeforeAll}, it is emptied once for the class.
 */
public final class RedisExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RedisExtension.class);

  /** For JUnit. */
  public RedisExtension() {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == URI.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getStore(NAMESPACE).getOrComputeIfAbsent(URI.class, key -> emptied(), URI.class);
  }

  private static URI emptied() {
    RedisServer server = RedisServer.shared();
    server.flushAll();
    return server.uri();
  }
}
