package ai.powertools.benchmarks;

import ai.powertools.benchmarks.Comparison.Figure;
import ai.powertools.ratelimit.Sharing;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decisions a second about one key that is shared over one Redis, by eight threads of one client,
 * and of two as if they were processes; windows in turn.
 */
final class HotKeys {
  /** Requests that come in a second. */
  static final long AMOUNT = 1_000_000;

  /** What is there from the start: more than all windows take. */
  static final long BURST = 10_000_000_000L;

  /** What we are called, where there is somebody to compare with. */
  static final String OURS = "ours";

  /** We, when every decision is Redis's. */
  static final String ASKING = "ours without slices";

  static final String BUCKET4J = "Bucket4j";

  /** Puts together what the threads of one client ask for at the same time. */
  static final String BATCHING = "Bucket4j batching";

  /**
   * Decides alone and tells Redis later, so that several clients together are granted more than
   * there is; beside the others for looking at.
   */
  static final String DELAYING = "Bucket4j delaying by 100 requests or 100 ms";

  private static final String COUNTING = "a bare INCR";
  private static final DelayParameters DELAY = new DelayParameters(100, Duration.ofMillis(100));
  private static final List<String> HOLD_THE_LIMIT = List.of(BUCKET4J, BATCHING);
  private static final int THREADS = 8;

  /** Ours to Bucket4j's, with one client. */
  private static final double GOAL = 5;

  private final Map<String, Function<URI, HotKey>> contenders;
  private final Spans spans;
  private final Consumer<Figure> told;

  /**
   * @param contenders from a name to what opens a client
   */
  HotKeys(Map<String, Function<URI, HotKey>> contenders, Spans spans, Consumer<Figure> told) {
    this.contenders = new LinkedHashMap<>(contenders);
    this.spans = spans;
    this.told = told;
  }

  /**
   * How much is measured.
   *
   * @param rounds windows of each contender, of which the median counts
   * @param warmUp of each contender, before the first window
   * @param window how long one is
   */
  record Spans(int rounds, Duration warmUp, Duration window) {
    static Spans of(boolean quick) {
      return quick
          ? new Spans(3, Duration.ofMillis(700), Duration.ofMillis(300))
          : new Spans(5, Duration.ofSeconds(5), Duration.ofSeconds(3));
    }
  }

  /** Those that are compared. */
  static Map<String, Function<URI, HotKey>> all() {
    Map<String, Function<URI, HotKey>> all = new LinkedHashMap<>();
    all.put(OURS, redis -> OurHotKey.on(redis, OURS, Sharing.refusing()));
    all.put(ASKING, redis -> OurHotKey.on(redis, ASKING, Sharing.refusing().slice(0)));
    all.put(BUCKET4J, bucket4j(BUCKET4J, Optimization.NONE_OPTIMIZED));
    all.put(BATCHING, bucket4j(BATCHING, Optimizations.batching()));
    all.put(DELAYING, bucket4j(DELAYING, Optimizations.delaying(DELAY)));
    all.put(COUNTING, redis -> CountingHotKey.on(redis, COUNTING));
    return all;
  }

  private static Function<URI, HotKey> bucket4j(String key, Optimization optimization) {
    return redis -> BucketHotKey.on(redis, key, optimization);
  }

  /** With one client and with two, on a Redis without keys. */
  void measure(URI redis) throws InterruptedException {
    for (int clients : new int[] {1, 2}) {
      tell(clients, rates(redis, clients));
    }
  }

  /** Each warmed up, then one window of each after the other, again and again. */
  private Map<String, double[]> rates(URI redis, int clients) throws InterruptedException {
    Map<String, List<HotKey>> open = new LinkedHashMap<>();
    Map<String, double[]> rates = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Function<URI, HotKey>> contender : contenders.entrySet()) {
        List<HotKey> keys = new ArrayList<>();
        open.put(contender.getKey(), keys);
        for (int i = 0; i < clients; i++) {
          keys.add(contender.getValue().apply(redis));
        }
        var unused = HotKeyRate.of(contender.getKey(), keys, THREADS, spans.warmUp());
        rates.put(contender.getKey(), new double[spans.rounds()]);
      }
      for (int round = 0; round < spans.rounds(); round++) {
        for (Map.Entry<String, double[]> each : rates.entrySet()) {
          List<HotKey> keys = open.getOrDefault(each.getKey(), List.of());
          each.getValue()[round] = HotKeyRate.of(each.getKey(), keys, THREADS, spans.window());
        }
      }
    } finally {
      open.values().forEach(keys -> keys.forEach(HotKey::close));
    }
    return rates;
  }

  private void tell(int clients, Map<String, double[]> rates) {
    String with =
        "hot key, %d threads, %d %s: "
            .formatted(THREADS, clients, clients == 1 ? "client" : "clients");
    Map<String, Double> medians = new LinkedHashMap<>();
    rates.forEach(
        (name, each) -> {
          medians.put(name, median(each));
          told.accept(Figure.shown(with + name, "decisions/s", median(each)));
        });
    for (String peer : List.of(BUCKET4J, BATCHING, DELAYING, COUNTING)) {
      if (medians.containsKey(OURS) && medians.containsKey(peer)) {
        double ratio =
            medians.getOrDefault(OURS, Double.NaN) / medians.getOrDefault(peer, Double.NaN);
        String what = with + OURS + " to " + peer;
        told.accept(
            clients == 1 && HOLD_THE_LIMIT.contains(peer)
                ? Figure.atLeast(what, "ours/peer", ratio, GOAL)
                : Figure.shown(what, "ours/peer", ratio));
      }
    }
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
