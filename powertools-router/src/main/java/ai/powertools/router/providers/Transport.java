package ai.powertools.router.providers;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * How requests get to the vendor.
 *
 * @param timeout the longest time without a byte
 * @param connectTimeout the longest time for a connection
 * @param proxy the way there; empty for the machine's usual one
 * @param own whose connections to use; empty for those that all providers share
 */
record Transport(
    Duration timeout, Duration connectTimeout, Optional<Proxy> proxy, Optional<OkHttpClient> own) {
  /** As long as OkHttp waits by itself. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** OkHttp keeps five; an application that makes many calls at once would connect anew. */
  private static final int IDLE_CONNECTIONS = 64;

  OkHttpClient client(boolean https) {
    OkHttpClient origin = own.orElseGet(() -> https ? Tls.CLIENT : Plain.CLIENT);
    OkHttpClient.Builder builder =
        origin
            .newBuilder()
            // A redirect would send the conversation to who knows where.
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(connectTimeout)
            .readTimeout(timeout)
            .writeTimeout(timeout);
    proxy.ifPresent(builder::proxy);
    return builder.build();
  }

  /** The connections of all providers that were not given a client of their own. */
  private static final class Plain {
    /**
     * Servers behind no proxy hang up an idle connection after 5 s (uvicorn, Node.js). A request
     * that meets the hanging-up is lost, and a new connection without TLS costs next to nothing.
     */
    static final OkHttpClient CLIENT =
        new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 4, TimeUnit.SECONDS))
            .build();
  }

  /** Apart from the others, since reading the machine's certificates takes its time. */
  private static final class Tls {
    static final OkHttpClient CLIENT =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
            .build();
  }
}
