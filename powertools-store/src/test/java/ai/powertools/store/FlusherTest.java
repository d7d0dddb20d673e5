package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever was promised durability is told after the disk has it, and not a moment before. */
class FlusherTest {
  private final CountDownLatch mayFlush = new CountDownLatch(1);
  private final AtomicInteger flushes = new AtomicInteger();
  private volatile boolean broken;
  private final Flusher flusher = new Flusher(new SlowDisk());

  @AfterEach
  void close() {
    mayFlush.countDown();
    flusher.close();
    flusher.close();
  }

  @Test
  void tellsNobodyBeforeTheDiskIsDoneAndFlushesForManyAtOnce() {
    CompletableFuture<Integer> first = committed();
    CompletableFuture<Integer> second = committed();
    CompletableFuture<Integer> third = committed();
    assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);

    mayFlush.countDown();
    CompletableFuture.allOf(first, second, third).join();
    assertThat(flushes.get()).as("the first alone, or all together").isBetween(1, 2);
  }

  @Test
  void saysThatItIsInDoubtWhenTheDiskFails() {
    broken = true;
    mayFlush.countDown();

    assertThatThrownBy(committed()::join)
        .cause()
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.IN_DOUBT))
        .hasMessageStartingWith("Could not flush a slow disk: what was written is seen")
        .hasRootCauseMessage("no such disk");
  }

  @Test
  void finishesWhatWaitsBeforeItCloses() {
    CompletableFuture<Integer> last = committed();
    mayFlush.countDown();
    flusher.close();
    assertThat(last).isCompletedWithValue(1);
  }

  private CompletableFuture<Integer> committed() {
    PendingWrite<Integer> write = PendingWrite.of(sql -> 1);
    write.run(JdbcSql.writing(new Link(null, true), new SlowDisk()));
    flusher.add(List.of(write));
    return write.result();
  }

  private final class SlowDisk implements Engine {
    @Override
    public Optional<Mark> mark() {
      return Optional.empty();
    }

    @Override
    public Optional<Mark> othersMark(Link link) {
      return Optional.empty();
    }

    @Override
    public boolean canFlushLater() {
      return true;
    }

    @Override
    public void flush() throws IOException {
      try {
        mayFlush.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      flushes.incrementAndGet();
      if (broken) {
        throw new IOException("no such disk");
      }
    }

    @Override
    public String location() {
      return "a slow disk";
    }

    @Override
    public Link takeWriter() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Link takeReader() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void giveBack(Link link, boolean healthy) {}

    @Override
    public boolean readsOnWriter() {
      return false;
    }

    @Override
    public void beginWrite(Link link, WriteMode mode) {}

    @Override
    public String beginRead() {
      return "";
    }

    @Override
    public String beginMigration() {
      return "";
    }

    @Override
    public String translate(String ddl) {
      return ddl;
    }

    @Override
    public StoreException failure(String what, SQLException e) {
      return new StoreException(StoreException.Kind.STATEMENT, what, e);
    }

    @Override
    public Upkeep upkeep() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
