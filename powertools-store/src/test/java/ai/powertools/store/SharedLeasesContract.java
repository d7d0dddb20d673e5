package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Leases where several stores are open on one database, at the same time or one after the other.
 */
abstract class SharedLeasesContract extends OpenStore {
  private static final Duration TTL = Duration.ofSeconds(30);

  @Test
  void tokensGoOnWhereTheyWereAfterTheStoreWasClosed() {
    VirtualClock clock = VirtualClock.create();
    long last = 0;
    for (int i = 0; i < 6; i++) {
      Lease lease = Leases.of(store, clock).tryAcquire("job", "me", TTL).orElseThrow();
      assertThat(lease.token()).isGreaterThan(last);
      last = lease.token();
      if (i % 2 == 0) {
        lease.release();
      } else {
        clock.advance(TTL);
      }
      store.close();
      openStore();
    }
  }

  @Test
  void outliveTheStoreThatTookThem() {
    VirtualClock clock = VirtualClock.create();
    Lease mine = Leases.of(store, clock).tryAcquire("job", "me", TTL).orElseThrow();
    try (Store other = open()) {
      assertThat(Leases.of(other, clock).tryAcquire("job", "you", TTL)).isEmpty();
      assertThat(Leases.of(other, clock).look("job")).map(LeaseInfo::token).hasValue(mine.token());
    }
  }
}
