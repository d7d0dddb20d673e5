package ai.powertools.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Durably settled calls a second, by us, by the plain way, and what the disk allows. */
final class CostThroughput {
  private static final List<Integer> THREADS = List.of(1, 16, 64);

  /** Settled calls a second, and the number of threads that are to reach it. */
  private static final double GOAL_PER_SECOND = 20_000;

  private static final int GOAL_THREADS = 16;

  private final int rounds;
  private final Duration warmUp;
  private final Duration time;
  private final Consumer<Comparison.Figure> told;

  CostThroughput(boolean quick, Consumer<Comparison.Figure> told) {
    this.rounds = quick ? 1 : 3;
    this.warmUp = Duration.ofSeconds(quick ? 2 : 3);
    this.time = Duration.ofSeconds(quick ? 2 : 4);
    this.told = told;
  }

  /** All numbers of threads, in files of that folder. */
  void measure(Path folder) throws IOException, InterruptedException {
    for (int threads : THREADS) {
      List<SettlingRate> ours = new ArrayList<>();
      List<SettlingRate> plain = new ArrayList<>();
      List<Samples> disk = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        String name = threads + "-" + round;
        disk.add(Disk.appends(folder.resolve("disk-" + name), Duration.ofSeconds(1)));
        plain.add(rate(PlainCalls.at(folder.resolve("plain-" + name)), threads));
        ours.add(rate(TrackedCalls.at(folder.resolve("ours-" + name)), threads));
      }
      tell(threads, ours, plain, Samples.of(disk));
    }
  }

  private SettlingRate rate(SettledCalls opened, int threads) throws InterruptedException {
    try (SettledCalls calls = opened) {
      return SettlingRate.of(calls, threads, warmUp, time);
    }
  }

  private void tell(int threads, List<SettlingRate> ours, List<SettlingRate> plain, Samples disk) {
    String at = " at " + threads + (threads == 1 ? " thread" : " threads");
    double rate = median(ours, SettlingRate::perSecond);
    told.accept(
        threads == GOAL_THREADS
            ? Comparison.Figure.atLeast("settled calls" + at, "1/s", rate, GOAL_PER_SECOND)
            : Comparison.Figure.shown("settled calls" + at, "1/s", rate));
    shown("p99 of settling" + at, "µs", median(ours, SettlingRate::p99Micros));
    double plainRate = median(plain, SettlingRate::perSecond);
    shown("plain connection, settled calls" + at, "1/s", plainRate);
    shown("plain connection, p99 of settling" + at, "µs", median(plain, SettlingRate::p99Micros));
    shown("settled calls to the plain connection's" + at, "ours/plain", rate / plainRate);
    shown("8 kB appended and flushed beside it, median", "µs", disk.micros(0.5));
    shown("8 kB appended and flushed beside it, p99", "µs", disk.micros(0.99));
  }

  private void shown(String what, String unit, double value) {
    told.accept(Comparison.Figure.shown(what, unit, value));
  }

  private static double median(List<SettlingRate> rates, ToDoubleFunction<SettlingRate> of) {
    double[] sorted = rates.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
