package ai.powertools.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Nobody else can write to memory: the commits of this process are all there are. Those that only
 * read, which here have to commit like the others, do not count.
 */
final class MemoryChangeSign implements ChangeSign {
  private final SqliteEngine engine;
  private final AtomicLong changes = new AtomicLong();

  MemoryChangeSign(SqliteEngine engine) {
    this.engine = engine;
  }

  @Override
  public void committed() {
    if (engine.takeWriter().takeUsedToWrite()) {
      changes.incrementAndGet();
    }
  }

  @Override
  public Object read() {
    return changes.get();
  }

  @Override
  public void close() {}
}
