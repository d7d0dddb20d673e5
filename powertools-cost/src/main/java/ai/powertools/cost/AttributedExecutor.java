package ai.powertools.cost;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** An executor service that takes along what is current where a task is handed over. */
final class AttributedExecutor extends AbstractExecutorService {
  private final ExecutorService executor;

  AttributedExecutor(ExecutorService executor) {
    this.executor = executor;
  }

  /** What is submitted or invoked comes through here too. */
  @Override
  public void execute(Runnable task) {
    executor.execute(Attribution.capture().wrap(task));
  }

  @Override
  public void shutdown() {
    executor.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }
}
