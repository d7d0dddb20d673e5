package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the providers of a storm share: time, chance, the books, and who may not be asked. */
final class Storm {
  /** What one call was charged. */
  static final class Books {
    private Usd sum = Usd.ZERO;
    private boolean unknown;

    synchronized void add(@Nullable Usd amount) {
      unknown |= amount == null;
      sum = amount == null ? sum : sum.plus(amount);
    }

    synchronized Usd sum() {
      return sum;
    }

    synchronized boolean isUnknown() {
      return unknown;
    }
  }

  private final Time time;
  private final Random random;
  private final boolean slow;
  private final boolean shared;
  private final Map<Integer, Books> books = new ConcurrentHashMap<>();

  /** Since when, by label, a model is left alone until when, as its listeners were told. */
  private final Map<String, Long> resting = new ConcurrentHashMap<>();

  private final AtomicLong asked = new AtomicLong();

  /**
   * A storm.
   *
   * @param slow whether time passes
   * @param shared whether all providers say the same, so that one can go on for the other
   */
  Storm(Time time, Random random, boolean slow, boolean shared) {
    this.time = time;
    this.random = random;
    this.slow = slow;
    this.shared = shared;
  }

  Random random() {
    return random;
  }

  Duration delay() {
    return slow
        ? Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(20_000) : 50)
        : Duration.ZERO;
  }

  void pass(Duration duration) {
    try {
      time.sleep(slow ? duration : Duration.ZERO);
    } catch (InterruptedException e) {
      throw CancelledException.interrupted("waiting in the storm", e);
    }
  }

  long asked() {
    return asked.get();
  }

  /** A provider was asked; fails if the model was to be left alone. */
  void asked(String label) {
    asked.incrementAndGet();
    Long until = resting.get(label);
    if (slow && until != null) {
      assertThat(time.nanos())
          .as(label + " is asked while it is to be left alone")
          .isGreaterThanOrEqualTo(until);
    }
  }

  void answered(String label) {
    resting.remove(label);
  }

  void on(RouterEvent event) {
    if (event instanceof RouterEvent.LeftAlone left) {
      ModelStatus status = left.status();
      boolean out = status.state() == ModelStatus.State.OUT;
      resting.put(
          status.label(), out ? Long.MAX_VALUE : time.nanos() + status.remaining().toNanos());
    }
  }

  void reinstated(String label) {
    resting.remove(label);
  }

  void billed(int call, @Nullable Usd amount) {
    booksOf(call).add(amount);
  }

  Books booksOf(int call) {
    return books.computeIfAbsent(call, any -> new Books());
  }

  /** What a provider says when asked for this; every word is different. */
  String text(int number, String provider) {
    StringBuilder text = new StringBuilder();
    int words = 3 + Math.floorMod(number * 31, 60);
    for (int i = 0; i < words; i++) {
      text.append(shared ? "" : provider)
          .append('c')
          .append(number)
          .append('w')
          .append(i)
          .append(' ');
    }
    return text.toString();
  }

  /** The number of the call, which its first word is. */
  static int number(ChatRequest request) {
    String text = request.messages().get(0).text();
    return Integer.parseInt(text.substring(0, text.indexOf(' ')));
  }
}
