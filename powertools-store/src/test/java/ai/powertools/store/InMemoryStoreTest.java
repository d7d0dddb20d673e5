package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest {
  @Nested
  class Transactions extends TransactionsContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Nested
  class SingleReads extends SingleReadsContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Nested
  class LeasesOfIt extends LeasesContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Nested
  class Watches extends WatchContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Nested
  class Maintenance extends MaintenanceContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Nested
  class Backups extends BackupContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Nested
  class Writers extends WritersContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Nested
  class MigrationsOfIt extends MigrationsContract {
    @Override
    Store open() {
      return Store.inMemory();
    }
  }

  @Test
  void eachIsOneOfItsOwn() {
    try (Store one = Store.inMemory();
        Store other = Store.inMemory()) {
      one.migrate(OpenStore.TABLES);
      other.migrate(OpenStore.TABLES);
      OpenStore.increment(one);
      assertThat(OpenStore.count(other)).isZero();
      assertThat(one.location()).isEqualTo("memory");
    }
  }
}
