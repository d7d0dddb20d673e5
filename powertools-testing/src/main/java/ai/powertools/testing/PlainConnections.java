package ai.powertools.testing;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Apart from {@link PostgresServer} because the driver's class may be absent. */
final class PlainConnections {
  private PlainConnections() {}

  static DataSource to(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }
}
