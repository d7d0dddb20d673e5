package ai.powertools.ratelimit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import ai.powertools.core.CancelledException;
import ai.powertools.core.ConfigurationException;
import ai.powertools.ratelimit.Limits;
import ai.powertools.ratelimit.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final Policy ONE_A_SECOND = Policy.parse("requests=60/m burst 1");

  @Test
  void callsWaitInLineAndTheReportSaysHowLong() {
    SimulationReport report = run(ONE_A_SECOND, same(101, TracedCall.at(Duration.ZERO)));
    assertThat(report.all().granted()).isEqualTo(101);
    assertThat(report.all().waits())
        .isEqualTo(
            new WaitTimes(
                Duration.ofSeconds(50),
                Duration.ofSeconds(50),
                Duration.ofSeconds(90),
                Duration.ofSeconds(99),
                Duration.ofSeconds(100)));
    assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(100));
    assertThat(report.limits()).containsExactly(new LimitUse("60 requests per minute", 101, 1));
  }

  @Test
  void refusalsAreCountedByWhyAndByWhatIsInTheWay() {
    TracedCall impatient = TracedCall.at(Duration.ZERO).patience(Duration.ofSeconds(3));
    SimulationReport report = run(ONE_A_SECOND, same(10, impatient));
    assertThat(report.all().granted()).isEqualTo(4);
    assertThat(report.all().refused()).isEqualTo(6);
    assertThat(report.refusals()).containsOnly(entry("too late: 60 requests per minute", 6L));
  }

  @Test
  void noMoreWaitThanThePolicyHasRoomFor() {
    TracedCall call = TracedCall.at(Duration.ZERO);
    SimulationReport report =
        run(Policy.parse("requests=60/m burst 1,queue=2 newest"), same(5, call));
    assertThat(report.all().granted()).isEqualTo(3);
    assertThat(report.refusals()).containsOnly(entry("queue full: a queue of 2", 2L));
    SimulationReport oldest =
        run(Policy.parse("requests=60/m burst 1,queue=2 oldest"), same(5, call));
    assertThat(oldest.refusals()).containsOnly(entry("displaced: a queue of 2", 2L));
  }

  @Test
  void theUrgentGetTheShareThatTheWeightsSay() {
    TracedCall call = TracedCall.at(Duration.ZERO);
    List<TracedCall> calls = new ArrayList<>(same(200, call.priority(Priority.LOW)));
    calls.addAll(same(200, call.priority(Priority.HIGH)));
    SimulationReport report = run(Policy.parse("requests=60/m burst 1,weights=3/2/1"), calls);
    Duration high = report.byPriority().get(0).waits().longest();
    Duration low = report.byPriority().get(1).waits().longest();
    // Three of four go to the urgent until all of them are through.
    assertThat(high).isBetween(Duration.ofSeconds(258), Duration.ofSeconds(275));
    assertThat(low).isEqualTo(Duration.ofSeconds(399));
  }

  @Test
  void levelsAreThoseOfThePolicy() {
    Policy policy =
        Policy.of(Limits.none())
            .and(builder -> builder.level("model", key -> Limits.none().concurrency(1)));
    TracedCall call = TracedCall.at(Duration.ZERO).takes(Duration.ofSeconds(5));
    SimulationReport report =
        run(
            policy,
            List.of(call.keys(List.of("a")), call.keys(List.of("a")), call.keys(List.of("b"))));
    assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(10));
    List<TracedCall> deep = List.of(call.keys(List.of("a", "b")));
    assertThatThrownBy(() -> run(policy, deep))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("The call at 0 s of 1 call does not suit the policy: ");
  }

  @Test
  void tokensAreCountedAsPermitsDo() {
    Policy policy =
        Policy.parse("input=600/m burst 600,output=600/m burst 600,tokens=600/m burst 600");
    TracedCall call = TracedCall.at(Duration.ZERO).tokens(TokenCount.of(60, 30));
    assertThat(shares(run(policy, List.of(call)))).containsExactly(0.1, 0.05, 0.15);
    assertThat(shares(run(policy, List.of(call.used(TokenCount.of(75))))))
        .containsExactly(0.1, 0.025, 0.125);
    assertThat(shares(run(policy, List.of(TracedCall.at(Duration.ZERO).tokens(TokenCount.of(60))))))
        .containsExactly(0.1, 0.1, 0.1);
  }

  private static List<Double> shares(SimulationReport report) {
    return report.limits().stream().map(LimitUse::share).toList();
  }

  @Test
  void aSlidingWindowIsUsedByTheWindow() {
    SimulationReport report =
        run(Policy.parse("requests=10/m sliding"), same(15, TracedCall.at(Duration.ZERO)));
    assertThat(report.elapsed()).isEqualTo(Duration.ofMinutes(1));
    assertThat(report.limits().get(0).share()).isEqualTo(0.75);
  }

  @Test
  void aTraceThatGoesBackInTimeIsRefused() {
    CallTrace trace =
        CallTrace.of(
            "theirs",
            () -> Stream.of(TracedCall.at(Duration.ofSeconds(2)), TracedCall.at(Duration.ZERO)));
    assertThatThrownBy(() -> Simulation.of(ONE_A_SECOND).run(trace))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "The call at 0 s of theirs comes after a later one. Sort the calls by their times.");
  }

  @Test
  void callsHoldTheirPlaceAsLongAsTheyRun() {
    TracedCall slow = TracedCall.at(Duration.ZERO).takes(Duration.ofSeconds(10));
    SimulationReport report = run(Policy.parse("concurrency=2"), same(6, slow));
    assertThat(report.all().waits().longest()).isEqualTo(Duration.ofSeconds(20));
    assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(30));
    assertThat(report.limits()).containsExactly(new LimitUse("2 calls at once", 2, 1));
  }

  @Test
  void whatCallsDoNotUseGoesBack() {
    Policy policy = Policy.parse("tokens=6000/m burst 1000");
    TracedCall call =
        TracedCall.at(Duration.ZERO).tokens(TokenCount.of(1_000)).takes(Duration.ofSeconds(1));
    Duration whole = run(policy, same(20, call)).elapsed();
    Duration half = run(policy, same(20, call.used(TokenCount.of(300)))).elapsed();
    assertThat(half).isLessThan(whole.dividedBy(2));
    assertThat(run(policy, same(20, call.used(TokenCount.of(200, 100)))).elapsed()).isEqualTo(half);
  }

  @Test
  void prioritiesAndTenantsAreCountedApart() {
    TracedCall call = TracedCall.at(Duration.ZERO);
    SimulationReport report =
        run(
            ONE_A_SECOND,
            List.of(
                call.tenant("b").priority(Priority.HIGH),
                call.tenant("a"),
                call.tenant("b").patience(Duration.ZERO)));
    assertThat(report.byPriority()).extracting(Served::who).containsExactly("high", "normal");
    assertThat(report.byTenant()).extracting(Served::who).containsExactly("a", "b");
    assertThat(report.byTenant()).extracting(Served::calls).containsExactly(1L, 2L);
    assertThat(report.byTenant()).extracting(Served::refused).containsExactly(0L, 1L);
    assertThat(report.text(80)).contains("\nhigh    ").contains("\nb    ");
  }

  @Test
  void theTimelineSaysWhatBecameOfThoseWhoAskedThen() {
    List<TracedCall> calls = new ArrayList<>(same(3, TracedCall.at(Duration.ZERO)));
    calls.addAll(same(2, TracedCall.at(Duration.ofSeconds(90)).patience(Duration.ZERO)));
    SimulationReport report = run(ONE_A_SECOND, calls);
    List<TimeSlot> slots = report.timeline();
    assertThat(slots.size()).isBetween(128, 256);
    TimeSlot first = slots.get(0);
    assertThat(first.granted()).isEqualTo(3);
    assertThat(first.longestWait()).isEqualTo(Duration.ofSeconds(2));
    TimeSlot last = slots.get(slots.size() - 1);
    assertThat(last.asked()).isEqualTo(2);
    assertThat(last.granted()).isEqualTo(1);
    assertThat(last.refused()).isEqualTo(1);
    assertThat(slots.stream().mapToLong(TimeSlot::asked).sum()).isEqualTo(5);
  }

  @Test
  void theSameTraceGivesTheSameReport() {
    CallTrace trace =
        CallTrace.synthetic(
            Traffic.parse("rate=70/m,for=30m,tokens=1500,takes=4s,burst=30/5m,patience=40s"));
    Policy policy = Policy.parse("requests=60/m,tokens=90k/m burst 0.2,concurrency=6");
    assertThat(Simulation.of(policy).run(trace)).isEqualTo(Simulation.of(policy).run(trace));
  }

  @Test
  void anIdleLimiterMakesNobodyWait() {
    Traffic traffic = Traffic.of(6, Duration.ofHours(10)).takes(Duration.ofSeconds(1));
    SimulationReport report =
        Simulation.of(Policy.parse("requests=6000/m")).run(CallTrace.synthetic(traffic));
    assertThat(report.all().refused()).isZero();
    assertThat(report.all().waits().longest()).isZero();
    assertThat(report.limits().get(0).share()).isCloseTo(0.001, within(0.0002));
  }

  /** M/D/1: Poisson arrivals and one server that takes 1 s; Pollaczek and Khinchine's formula. */
  @Test
  void meanWaitsAreThoseOfQueueingTheory() {
    double load = 0.8;
    Traffic traffic = Traffic.of(60 * load, Duration.ofHours(60));
    SimulationReport report = Simulation.of(ONE_A_SECOND).run(CallTrace.synthetic(traffic));
    double expected = load / (2 * (1 - load));
    assertThat(report.all().waits().mean().toNanos() / 1e9).isCloseTo(expected, within(0.1));
    assertThat(report.limits().get(0).share()).isCloseTo(load, within(0.01));
  }

  @Test
  void anEmptyTraceHasAReportToo() {
    SimulationReport report = run(ONE_A_SECOND, List.of());
    assertThat(report.all().calls()).isZero();
    assertThat(report.timeline()).isEmpty();
    assertThat(report.text(80)).contains("calls     0 in 0 s: 0 let through, 0 refused\n");
    assertThat(report.svg()).contains("0 calls in 0 s");
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(ONE_A_SECOND, same(5, TracedCall.at(Duration.ZERO))))
          .isInstanceOf(CancelledException.class)
          .hasMessage("Interrupted while simulating requests=60/m burst 1.");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static List<TracedCall> same(int count, TracedCall call) {
    return Stream.generate(() -> call).limit(count).toList();
  }

  private static SimulationReport run(Policy policy, List<TracedCall> calls) {
    return Simulation.of(policy).run(CallTrace.of(calls));
  }
}
