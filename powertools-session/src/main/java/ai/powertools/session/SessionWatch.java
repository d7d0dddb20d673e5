package ai.powertools.session;

import ai.powertools.core.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Looks now and then whether a session has another version, whoever wrote it, on a thread of its
 * own. Got from {@link Session#watch}; closing it ends that, and is harmless twice.
 */
public final class SessionWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SessionWatch.class.getName());

  private final String session;
  private final Supplier<OptionalLong> version;
  private final SessionListener listener;
  private final Duration every;
  private final Time time;
  private final Thread thread;
  private OptionalLong seen = OptionalLong.empty();
  private volatile boolean closed;

  /**
   * @param version of the session now; empty when it is gone
   */
  SessionWatch(
      String session,
      Supplier<OptionalLong> version,
      SessionListener listener,
      Duration every,
      Time time) {
    this.session = session;
    this.version = version;
    this.listener = listener;
    this.every = every;
    this.time = time;
    this.thread = new Thread(this::watch, "powertools-session watches " + session);
    thread.setDaemon(true);
  }

  /** What is written from now on is noticed. */
  SessionWatch start() {
    seen = version.get();
    thread.start();
    return this;
  }

  private void watch() {
    try {
      while (!closed && seen.isPresent()) {
        time.sleep(every);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it was closed
    }
  }

  private void look() {
    try {
      OptionalLong now = version.get();
      boolean changed = !now.equals(seen);
      seen = now;
      if (changed && !closed) {
        Instant at = time.instant();
        listener.changed(new SessionChange(session, now.orElse(0), at, List.of()));
      }
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING, () -> "Could not look at session \"" + session + "\".", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
