package ai.powertools.cost;

import static ai.powertools.cost.Calls.CATALOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.powertools.core.ConfigurationException;
import ai.powertools.models.Certainty;
import ai.powertools.models.Unit;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.store.Migrations;
import ai.powertools.store.Store;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger that version 2 of the tables was written to goes on where it was. */
class TablesTest {
  /** As they were; the store refuses to go on if they are not what it finds. */
  private static final Migrations VERSION_2 =
      Migrations.of("cost")
          .step(
              1,
              """
              CREATE TABLE cost_entry (
                call_id TEXT NOT NULL,
                attempt BIGINT NOT NULL,
                at BIGINT NOT NULL,
                task TEXT NOT NULL,
                trace_id TEXT NOT NULL,
                model TEXT NOT NULL,
                outcome TEXT NOT NULL,
                input_tokens BIGINT NOT NULL,
                cached_input_tokens BIGINT NOT NULL,
                cache_write_tokens BIGINT NOT NULL,
                output_tokens BIGINT NOT NULL,
                reasoning_tokens BIGINT NOT NULL,
                cost_pico BIGINT,
                certainty TEXT NOT NULL,
                at_most_pico BIGINT,
                PRIMARY KEY (call_id, attempt)
              );
              CREATE INDEX cost_entry_trace ON cost_entry (trace_id);
              CREATE INDEX cost_entry_at ON cost_entry (at);
              CREATE TABLE cost_spent (
                budget TEXT NOT NULL,
                window_start BIGINT NOT NULL,
                spent_pico BIGINT NOT NULL,
                PRIMARY KEY (budget, window_start)
              );
              CREATE TABLE cost_lease (
                call_id TEXT NOT NULL,
                first_attempt BIGINT NOT NULL,
                attempt BIGINT NOT NULL,
                task TEXT NOT NULL,
                trace_id TEXT NOT NULL,
                model TEXT NOT NULL,
                at_most_pico BIGINT,
                expires_at BIGINT NOT NULL,
                PRIMARY KEY (call_id, first_attempt)
              );
              CREATE INDEX cost_lease_expiry ON cost_lease (expires_at);
              CREATE TABLE cost_hold (
                call_id TEXT NOT NULL,
                first_attempt BIGINT NOT NULL,
                budget TEXT NOT NULL,
                window_start BIGINT NOT NULL,
                reserved_pico BIGINT NOT NULL,
                PRIMARY KEY (call_id, first_attempt, budget),
                FOREIGN KEY (call_id, first_attempt)
                  REFERENCES cost_lease (call_id, first_attempt) ON DELETE CASCADE
              );
              CREATE INDEX cost_hold_window ON cost_hold (budget, window_start);
              """)
          .step(2, "ALTER TABLE cost_entry ADD COLUMN details TEXT;");

  private static final Instant MONDAY = Instant.parse("2026-11-23T23:59:59.999999Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T10:00:00Z");

  private final VirtualClock clock = VirtualClock.at(TUESDAY.plus(Duration.ofHours(1)));
  private final Store store = Store.inMemory();

  @BeforeEach
  void begin() {
    store.migrate(VERSION_2);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private CostTrackerBuilder builder() {
    return CostTracker.builder().store(store).catalog(CATALOG).time(clock);
  }

  private void entry(
      String call,
      int attempt,
      Instant at,
      String task,
      String model,
      Outcome outcome,
      @Nullable Long pico,
      Certainty certainty,
      @Nullable Long mostPico,
      @Nullable String details) {
    store.update(
        sql ->
            sql.execute(
                "INSERT INTO cost_entry (call_id, attempt, at, task, trace_id, model, outcome,"
                    + " input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,"
                    + " reasoning_tokens, cost_pico, certainty, at_most_pico, details)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, 100, 60, 10, 40, 30, ?, ?, ?, ?)",
                call,
                attempt,
                at,
                task,
                call.equals("c1") ? "trace-1" : "",
                model,
                outcome.name(),
                pico,
                certainty.name(),
                mostPico,
                details));
  }

  private void history() {
    entry("c1", 1, MONDAY, "chat", "acme/penny", Outcome.FAILED, 5L, Certainty.EXACT, 5L, null);
    entry(
        "c1",
        2,
        MONDAY,
        "chat",
        "acme/penny",
        Outcome.SUCCEEDED,
        7L,
        Certainty.ESTIMATED,
        70L,
        "input_audio_tokens=7 web_searches=2");
    entry("c2", 1, TUESDAY, "chat", "zeta/x", Outcome.FAILED, null, Certainty.UNKNOWN, 20L, null);
    entry("c3", 1, TUESDAY, "chat", "zeta/x", Outcome.LOST, null, Certainty.UNKNOWN, 300L, null);
    entry(
        "c4",
        1,
        TUESDAY,
        "",
        "acme/penny",
        Outcome.SUCCEEDED,
        4_000L,
        Certainty.EXACT,
        4_000L,
        null);
    String odd = "a=b;\t\"'ü\r\nmodel=x";
    entry(
        "c5",
        1,
        TUESDAY,
        odd,
        "acme/penny",
        Outcome.SUCCEEDED,
        50_000L,
        Certainty.EXACT,
        50_000L,
        null);
    entry("c6", 1, TUESDAY, "x", "acme/un", Outcome.CANCELLED, null, Certainty.UNKNOWN, null, null);
  }

  @Test
  void keepsEveryEntryAsItWas() {
    history();
    CostTracker tracker = builder().build();

    assertThat(tracker.entriesOfCall("c1")).extracting(LedgerEntry::attempt).containsExactly(1, 2);
    assertThat(tracker.entriesOfTrace("trace-1")).hasSize(2);
    assertThat(tracker.entriesOfCall("c1").get(1))
        .isEqualTo(
            new LedgerEntry(
                "c1",
                2,
                MONDAY,
                MONDAY,
                Attributes.of(Map.of("task", "chat", "model", "acme/penny", "provider", "acme")),
                "trace-1",
                Outcome.SUCCEEDED,
                Use.USED,
                new Usage(
                    100,
                    60,
                    10,
                    40,
                    30,
                    Map.of(Unit.INPUT_AUDIO_TOKENS, 7L, Unit.WEB_SEARCHES, 2L)),
                Optional.of(Usd.ofPico(7)),
                Certainty.ESTIMATED,
                Optional.of(Usd.ofPico(70)),
                Usd.ofPico(7),
                Optional.empty(),
                Usd.ZERO,
                Usd.ZERO,
                Optional.empty()));
    assertThat(tracker.recent(100))
        .extracting(LedgerEntry::callId)
        .containsExactly("c6", "c5", "c4", "c3", "c2", "c1", "c1");
  }

  @Test
  void addsUpToTheSame() {
    history();
    CostTracker tracker = builder().build();

    assertThat(tracker.total()).isEqualTo(new Spending(Usd.ofPico(54_012), 7, 3, Optional.empty()));
    assertThat(tracker.byTask())
        .extracting(
            SpendingBy::key, sum -> sum.spending().known(), sum -> sum.spending().attempts())
        .containsExactly(
            tuple("a=b;\t\"'ü\r model=x", Usd.ofPico(50_000), 1L),
            tuple("", Usd.ofPico(4_000), 1L),
            tuple("chat", Usd.ofPico(12), 4L),
            tuple("x", Usd.ZERO, 1L));
    assertThat(tracker.byModel())
        .extracting(SpendingBy::key)
        .containsExactly("acme/penny", "acme/un", "zeta/x");
    Totals monday =
        tracker.ledger().readings().days(LocalDate.MIN, LocalDate.of(2026, 11, 23)).stream()
            .map(DayTotals::totals)
            .reduce(Totals.NONE, Totals::plus);
    assertThat(monday.calls()).isEqualTo(1);
    assertThat(monday.attempts()).isEqualTo(2);
    assertThat(monday.usage().get(Unit.WEB_SEARCHES)).isEqualTo(2);
  }

  @Test
  void budgetsKnowWhatWasSpentAndNotWhatWasLost() {
    history();
    CostTracker tracker =
        builder()
            .budget(Budget.usd(1).named("ever"))
            .budget(Budget.usd(1).per(Period.DAY).named("today"))
            .budget(Budget.usd(1).rolling(Duration.ofHours(24)).named("rolling"))
            .budget(Budget.usd(1).where("task", "chat").named("chat"))
            .budget(Budget.usd(1).where("provider", "zeta").named("zeta"))
            .build();

    assertThat(tracker.budgets())
        .extracting(status -> status.budget().name(), BudgetStatus::spent, BudgetStatus::reserved)
        .containsExactly(
            tuple("ever", Usd.ofPico(54_032), Usd.ZERO),
            tuple("today", Usd.ofPico(54_020), Usd.ZERO),
            tuple("rolling", Usd.ofPico(54_032), Usd.ZERO),
            tuple("chat", Usd.ofPico(32), Usd.ZERO),
            tuple("zeta", Usd.ofPico(20), Usd.ZERO));
  }

  @Test
  void dropsWhatCallsHadReservedAndTakesTheirReportsAllTheSame() {
    history();
    store.update(
        sql -> {
          sql.execute(
              "INSERT INTO cost_lease (call_id, first_attempt, attempt, task, trace_id, model,"
                  + " at_most_pico, expires_at) VALUES ('c9', 1, 1, 't', '', 'acme/penny', 900, ?)",
              TUESDAY);
          sql.execute(
              "INSERT INTO cost_hold (call_id, first_attempt, budget, window_start, reserved_pico)"
                  + " VALUES ('c9', 1, 'b', 0, 900)");
          sql.execute(
              "INSERT INTO cost_spent (budget, window_start, spent_pico) VALUES ('b', 0, 9)");
        });
    CostTracker tracker = builder().budget(Budget.usd(1)).build();

    assertThat(tracker.budgets().get(0).reserved()).isEqualTo(Usd.ZERO);
    assertThat(tracker.entriesOfCall("c9")).isEmpty();
    // One that had been given up reports after all, under its old id.
    try (CallSpan span =
        tracker.trackCall("chat").id("c3").model(Calls.PENNY).tokens(0, 1).start()) {
      span.usage(Calls.cents(1));
    }
    assertThat(tracker.budgets().get(0).spent()).isEqualTo(Usd.ofPico(54_032).plus(Usd.cents(1)));
    assertThat(tracker.total().unknown()).isEqualTo(2);
  }

  @Test
  void theDaysOfAnOldLedgerAreThoseOfUtc() {
    history();

    assertThatThrownBy(() -> builder().zone(ZoneId.of("Asia/Tokyo")).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("sums up its days in the zone UTC, not in Asia/Tokyo");
    CostTracker tracker =
        builder()
            .budget(Budget.usd(1).per(Period.DAY).in(ZoneId.of("Asia/Tokyo")).named("today"))
            .build();
    assertThat(status(tracker).spent()).isEqualTo(Usd.ofPico(54_032));
  }

  private static BudgetStatus status(CostTracker tracker) {
    return tracker.budgets().get(0);
  }

  @Test
  void anOldLedgerWithoutEntriesMayHaveAnyZone() {
    CostTracker tracker = builder().zone(ZoneId.of("Asia/Tokyo")).build();

    assertThat(tracker.ledger().readings().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(tracker.total().attempts()).isZero();
    assertThatThrownBy(() -> builder().zone(ZoneId.of("UTC")).build())
        .isInstanceOf(ConfigurationException.class);
  }
}
