package ai.powertools.testing;

import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test that asks for a {@link DataSource} or a {@link PostgresServer.Database} an empty
 * PostgreSQL database, the same one for both, and drops it afterwards.
 *
 * <pre>{@code
 * @ExtendWith(PostgresExtension.class)
 * class LedgerIT {
 *   @Test
 *   void keepsWhatItWasTold(DataSource database) { … }
 * }
 * }</pre>
 *
 * <p>Asked for in a test, in {@code @BeforeEach} or in the constructor, it belongs to that test;
 * asked for in {@code @BeforeAll}, to the class.
 */
public final class PostgresExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

  /** For JUnit. */
  public PostgresExtension() {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == DataSource.class || type == PostgresServer.Database.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Lent lent =
        context.getStore(NAMESPACE).getOrComputeIfAbsent(Lent.class, key -> new Lent(), Lent.class);
    boolean whole = parameter.getParameter().getType() == PostgresServer.Database.class;
    return whole ? lent.database : lent.database.dataSource();
  }

  /** Closed by JUnit when the test, or the class, is over. */
  private static final class Lent implements AutoCloseable {
    private final PostgresServer.Database database = PostgresServer.shared().newDatabase();

    @Override
    public void close() {
      PostgresServer.shared().drop(database);
    }
  }
}
