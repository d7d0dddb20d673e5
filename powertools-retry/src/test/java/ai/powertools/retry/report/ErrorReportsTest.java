package ai.powertools.retry.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Outcome;
import ai.powertools.testing.RandomInput;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Errors that are counted, group by group. */
class ErrorReportsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualClock clock = VirtualClock.at(Events.NOON);

  private ErrorReports.Builder builder() {
    return ErrorReports.builder().time(clock).seed(1);
  }

  private void add(ErrorReports reports, String message, Outcome outcome) {
    reports.accept(Events.of(clock.instant(), message, outcome));
  }

  /** A word of letters for each number, since numbers make no difference to a group. */
  static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number + 1; rest > 0; rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }

  private static List<String> messages(ErrorGroup group) {
    return group.samples().stream().map(ErrorEvent::message).toList();
  }

  @Test
  void errorsThatAreTheSameAreOneGroup() {
    ErrorReports reports = builder().build();
    add(reports, "took 5 ms", Outcome.FAILED);
    clock.advance(MINUTE);
    add(reports, "refused", Outcome.FAILED);
    add(reports, "took 70 ms", Outcome.RECOVERED);
    clock.advance(MINUTE);
    add(reports, "took 900 ms", Outcome.DEGRADED);

    ErrorReport report = reports.snapshot();
    assertThat(report.since()).isEqualTo(Events.NOON);
    assertThat(report.generatedAt()).isEqualTo(Events.NOON.plus(MINUTE.multipliedBy(2)));
    assertThat(report.total()).isEqualTo(new Tally(2, 1, 1, 4, Duration.ofSeconds(2)));
    assertThat(report.folded()).isEmpty();
    assertThat(report.groups())
        .map(group -> group.fingerprint().pattern())
        .containsExactly("took <duration>", "refused");
    ErrorGroup slow = report.groups().get(0);
    assertThat(slow.tally()).isEqualTo(new Tally(1, 1, 1, 3, Duration.ofMillis(1500)));
    assertThat(slow.tally().count()).isEqualTo(3);
    assertThat(Outcome.values()).allMatch(outcome -> slow.tally().of(outcome) == 1);
    assertThat(slow.firstSeen()).isEqualTo(Events.NOON);
    assertThat(slow.lastSeen()).isEqualTo(report.generatedAt());
    assertThat(slow.trend().minutes()).containsExactly(1L, 1L, 1L);
    assertThat(slow.trend().hours()).containsExactly(3L);
    assertThat(slow.trend().lastHour()).isEqualTo(3);
    assertThat(messages(slow)).containsExactly("took 5 ms", "took 70 ms", "took 900 ms");
    assertThat(slow.id()).isEqualTo(slow.fingerprint().id());
  }

  @Test
  void trendsForgetMinutesAndHours() {
    ErrorReports reports = builder().build();
    for (int i = 0; i < 30 * 60; i++) {
      add(reports, "again", Outcome.FAILED);
      clock.advance(MINUTE);
    }
    Trend trend = reports.snapshot().groups().get(0).trend();
    assertThat(trend.minutes()).hasSize(60).endsWith(1L, 0L).startsWith(1L);
    assertThat(trend.hours()).hasSize(24).endsWith(60L, 0L).startsWith(60L);
    assertThat(trend.lastHour()).isEqualTo(59);
    assertThat(trend.direction()).isEqualTo(Direction.STEADY);

    clock.advance(Duration.ofHours(2));
    trend = reports.snapshot().groups().get(0).trend();
    assertThat(trend.direction()).isEqualTo(Direction.QUIET);
    assertThat(trend.hours()).endsWith(60L, 0L, 0L, 0L);
  }

  @Test
  void anErrorThatBeginsToComeIsRising() {
    ErrorReports reports = builder().build();
    clock.advance(Duration.ofMinutes(40));
    for (int i = 0; i < 10; i++) {
      add(reports, "new", Outcome.FAILED);
    }

    assertThat(reports.snapshot().groups().get(0).trend().direction()).isEqualTo(Direction.RISING);
  }

  @Test
  void anEventOfAClockThatIsWrongSpoilsNothing() {
    ErrorReports reports = builder().build();
    reports.accept(Events.at(Instant.parse("2999-01-01T00:00:00Z"), "odd"));
    reports.accept(Events.at(Instant.parse("1999-01-01T00:00:00Z"), "odd"));
    add(reports, "odd", Outcome.FAILED);

    ErrorGroup group = reports.snapshot().groups().get(0);
    assertThat(group.lastSeen()).isEqualTo(Events.NOON);
    assertThat(group.firstSeen()).isEqualTo(Instant.parse("1999-01-01T00:00:00Z"));
    assertThat(group.tally().count()).isEqualTo(3);
    assertThat(group.trend().minutes()).containsExactly(2L);
  }

  @Test
  void theGroupThatWasNotSeenForTheLongestMakesRoom() {
    ErrorReports reports = builder().maxGroups(2).build();
    add(reports, "one", Outcome.FAILED);
    clock.advance(MINUTE);
    add(reports, "two", Outcome.DEGRADED);
    add(reports, "one", Outcome.FAILED);
    add(reports, "three", Outcome.RECOVERED);
    add(reports, "four", Outcome.RECOVERED);

    ErrorReport report = reports.snapshot();
    assertThat(report.groups()).map(ErrorGroup::samples).hasSize(2);
    assertThat(report.groups())
        .map(group -> group.fingerprint().pattern())
        .containsExactlyInAnyOrder("three", "four");
    assertThat(report.foldedGroups()).isEqualTo(2);
    ErrorGroup folded = report.folded().orElseThrow();
    assertThat(folded.tally()).isEqualTo(new Tally(2, 1, 0, 3, Duration.ofMillis(1500)));
    assertThat(folded.firstSeen()).isEqualTo(Events.NOON);
    assertThat(folded.lastSeen()).isEqualTo(Events.NOON.plus(MINUTE));
    assertThat(folded.trend().minutes()).containsExactly(1L, 2L);
    assertThat(messages(folded)).containsExactly("two", "one");
    assertThat(report.total()).isEqualTo(new Tally(2, 1, 2, 5, Duration.ofMillis(2500)));
  }

  @Test
  void samplesAreTheFirstTheLastAndAnyBetweenThem() {
    ErrorReports reports = builder().samples(4).build();
    for (int i = 0; i < 100; i++) {
      add(reports, "no. " + i, Outcome.FAILED);
    }

    List<String> samples = messages(reports.snapshot().groups().get(0));
    assertThat(samples).hasSize(4).startsWith("no. 0").endsWith("no. 99").doesNotHaveDuplicates();
  }

  @Test
  void eachThatIsNeitherFirstNorLastHasTheSameChanceToBeASample() {
    int[] chosen = new int[12];
    for (int seed = 0; seed < 4_000; seed++) {
      ErrorReports reports = builder().samples(4).seed(seed).build();
      for (int i = 0; i < 12; i++) {
        reports.accept(Events.of("no. " + i));
      }
      for (String sample : messages(reports.snapshot().groups().get(0))) {
        chosen[Integer.parseInt(sample.substring(4))]++;
      }
    }

    // 2 of 10 in 4,000 rounds: 800, with a standard deviation of 25.
    assertThat(IntStream.rangeClosed(1, 10).map(i -> chosen[i])).allMatch(n -> 675 < n && n < 925);
    assertThat(chosen[0]).isEqualTo(4_000);
    assertThat(chosen[11]).isEqualTo(4_000);
  }

  @Test
  void oneSampleIsTheFirst() {
    ErrorReports reports = builder().samples(1).build();
    add(reports, "no. 1", Outcome.FAILED);
    add(reports, "no. 2", Outcome.FAILED);

    assertThat(messages(reports.snapshot().groups().get(0))).containsExactly("no. 1");
  }

  @Test
  void waitsThatAreTooLongToAddUpStayTheLongest() {
    ErrorReports reports = builder().build();
    ErrorEvent patient =
        new ErrorEvent(
            Events.NOON,
            "",
            ErrorKind.UNKNOWN,
            "T",
            "m",
            Outcome.FAILED,
            1,
            Duration.ofSeconds(Long.MAX_VALUE),
            List.of());
    reports.accept(patient);
    reports.accept(patient);

    assertThat(reports.snapshot().total().waited()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  @Test
  void aResetBeginsANewReport() {
    ErrorReports reports = builder().maxGroups(1).build();
    add(reports, "one", Outcome.FAILED);
    add(reports, "two", Outcome.FAILED);
    clock.advance(MINUTE);
    ErrorReport first = reports.snapshotAndReset();
    add(reports, "three", Outcome.FAILED);
    ErrorReport second = reports.snapshot();

    assertThat(first.total().failed()).isEqualTo(2);
    assertThat(second.total().failed()).isEqualTo(1);
    assertThat(second.since()).isEqualTo(first.generatedAt());
    assertThat(second.folded()).isEmpty();
    assertThat(second.foldedGroups()).isZero();
    assertThat(second.groups()).hasSize(1);
  }

  @Test
  void boundsThatAreNoneAreRefused() {
    assertThatThrownBy(() -> builder().maxGroups(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 groups");
    assertThatThrownBy(() -> builder().samples(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1 samples");
  }

  @Test
  void manyThreadsLoseNoEvent() throws InterruptedException {
    ErrorReports reports = builder().maxGroups(10).build();
    int threads = 8;
    long each = 3_000;
    List<Outcome> outcomes = List.of(Outcome.values());
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int offset = t;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; i < each; i++) {
                  Outcome outcome = outcomes.get(i % 3);
                  reports.report(Events.of(Events.NOON, word((i + offset) % 25), outcome));
                }
              });
      all.add(thread);
      thread.start();
    }
    start.countDown();
    ErrorReport during = reports.snapshot();
    for (Thread thread : all) {
      thread.join();
    }

    assertThat(sum(during)).isEqualTo(during.total().count());
    ErrorReport report = reports.snapshot();
    long third = threads * each / 3;
    assertThat(report.total())
        .isEqualTo(new Tally(third, third, third, 3 * third, Duration.ofMillis(1500 * third)));
    assertThat(sum(report)).isEqualTo(3 * third);
    assertThat(report.groups()).hasSize(10);
  }

  private static long sum(ErrorReport report) {
    return report.groups().stream().mapToLong(group -> group.tally().count()).sum()
        + report.folded().map(group -> group.tally().count()).orElse(0L);
  }

  @Test
  void aMillionDifferentMessagesStayWithinTheBounds() {
    int messages = RandomInput.size("powertools.report.messages", 1_000_000);
    ErrorReports reports = builder().maxGroups(100).samples(3).build();
    for (int i = 0; i < messages; i++) {
      reports.accept(
          new ErrorEvent(
              Events.NOON,
              "openai",
              ErrorKind.UNKNOWN,
              "T",
              word(i),
              Outcome.FAILED,
              1,
              Duration.ZERO,
              List.of()));
    }

    ErrorReport report = reports.snapshot();
    assertThat(report.groups()).hasSize(100);
    assertThat(report.groups()).allMatch(group -> group.samples().size() == 1);
    assertThat(report.foldedGroups()).isEqualTo(messages - 100);
    assertThat(report.folded().orElseThrow().samples()).hasSize(3);
    assertThat(report.folded().orElseThrow().trend().lastHour()).isEqualTo(messages - 100);
    assertThat(report.total().failed()).isEqualTo(messages);
    assertThat(sum(report)).isEqualTo(messages);
  }

  @Test
  void whateverIsFoldedTotalsAndTrendsAddUp() {
    RandomInput.check(
        300,
        input -> {
          VirtualClock now = VirtualClock.at(Events.NOON);
          ErrorReports reports =
              ErrorReports.builder().time(now).maxGroups(input.ints(1, 6)).samples(2).build();
          List<Instant> seen = new ArrayList<>();
          for (int i = input.ints(0, 200); i > 0; i--) {
            now.advance(Duration.ofSeconds(input.ints(0, 120)));
            seen.add(now.instant());
            Outcome outcome = input.oneOf(Outcome.values());
            reports.accept(Events.of(now.instant(), word(input.ints(0, 8)), outcome));
          }
          ErrorReport report = reports.snapshot();
          List<ErrorGroup> all = new ArrayList<>(report.groups());
          report.folded().ifPresent(all::add);

          assertThat(sum(report)).isEqualTo(seen.size()).isEqualTo(report.total().count());
          assertThat(all.stream().mapToLong(group -> group.trend().lastHour()).sum())
              .isEqualTo(
                  seen.stream()
                      .filter(t -> minute(t) > minute(report.generatedAt()) - Trend.MINUTES)
                      .count());
          for (Outcome outcome : Outcome.values()) {
            assertThat(all.stream().mapToLong(group -> group.tally().of(outcome)).sum())
                .isEqualTo(report.total().of(outcome));
          }
        });
  }

  private static long minute(Instant when) {
    return Math.floorDiv(when.getEpochSecond(), 60);
  }
}
