package ai.powertools.benchmarks;

import ai.powertools.cost.Outcome;
import ai.powertools.cost.Use;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/**
 * A month of a company's calls, written past the tracker into the tables of its ledger: of all
 * {@link CostLabel}s, few of which make most of the calls; one attempt in twenty fails, and half of
 * these are made again. The same for the same number of entries.
 */
final class CostMonth {
  /** When the month is looked at. */
  static final Instant NOW = Instant.parse("2026-08-31T12:00:00Z");

  private static final Instant BEGIN = Instant.parse("2026-08-01T00:00:00Z");
  private static final int PER_COMMIT = 500_000;
  private static final int PER_BATCH = 5_000;
  private static final int BASE = 36;
  private static final long MICROS = 1_000_000;

  /** The growth of a latency's class, as {@link ai.powertools.cost.Latencies} says. */
  private static final double LOG_GAMMA = Math.log(1.025 / 0.975);

  private static final String INSERT =
      "INSERT INTO cost_entry (call_id, attempt, at, began_at, day, label, session, outcome, answer,"
          + " input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,"
          + " reasoning_tokens, cost_pico, certainty, at_most_pico, counted_pico, saved_pico,"
          + " redone_pico, latency_micros, latency_class)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final SplittableRandom random = new SplittableRandom(20_260_801);
  private final int entries;
  private long costPico;

  CostMonth(int entries) {
    this.entries = entries;
  }

  /** A call that is written attempt by attempt. */
  private record Call(String id, CostLabel label, Instant began, String session) {}

  /** How an attempt went. */
  private record Attempt(
      int number, Outcome outcome, Use use, Usage usage, long pico, long redone, double millis) {}

  /**
   * Fills the ledger, which must be empty and closed.
   *
   * @param file a ledger that a tracker has made
   */
  void writeInto(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      try (Statement settings = connection.createStatement()) {
        // A benchmark that is cut short throws the file away.
        settings.execute("PRAGMA locking_mode = EXCLUSIVE");
        settings.execute("PRAGMA journal_mode = OFF");
        settings.execute("PRAGMA synchronous = OFF");
        settings.execute("PRAGMA cache_size = -500000");
      }
      connection.setAutoCommit(false);
      writeLabels(connection);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        writeCalls(connection, insert);
      }
      connection.commit();
    }
  }

  /** What all of them cost together. */
  Usd cost() {
    return Usd.ofPico(costPico);
  }

  private void writeLabels(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO cost_label (id, text) VALUES (?, ?)")) {
      for (CostLabel label : CostLabel.all()) {
        insert.setInt(1, label.number());
        insert.setString(2, label.text());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void writeCalls(Connection connection, PreparedStatement insert) throws SQLException {
    long month = Duration.between(BEGIN, NOW).toNanos();
    int written = 0;
    while (written < entries) {
      Call call = call(BEGIN.plusNanos(month / entries * written));
      Attempt attempt = attempt(call, 1, 0);
      write(insert, call, attempt);
      written++;
      if (attempt.outcome() == Outcome.FAILED && written < entries && random.nextBoolean()) {
        write(insert, call, attempt(call, 2, attempt.pico()));
        written++;
      }
      if (written % PER_BATCH < 2) {
        insert.executeBatch();
      }
      if (written % PER_COMMIT < 2) {
        connection.commit();
      }
    }
    insert.executeBatch();
  }

  private Call call(Instant began) {
    CostLabel label = CostLabel.any(random);
    String number = Long.toString(random.nextLong(Long.MAX_VALUE), BASE);
    return new Call(
        Long.toString(began.toEpochMilli(), BASE) + "-benchmark-" + number,
        label,
        began,
        random.nextBoolean() ? "session-" + began.getEpochSecond() / 60 + "-" + label.user() : "");
  }

  private Attempt attempt(Call call, int number, long redone) {
    boolean failed = number == 1 && random.nextInt(20) == 0;
    long input = (long) (1 + 800 * Math.exp(0.8 * random.nextGaussian()));
    long output = failed ? 0 : (long) (1 + 250 * Math.exp(0.8 * random.nextGaussian()));
    long cached = random.nextBoolean() ? input / 3 : 0;
    Usage usage = new Usage(input, cached, 0, output, 0);
    int model = call.label().model();
    double millis = (300 + (6 + 3 * model) * output) * Math.exp(0.3 * random.nextGaussian());
    int chance = random.nextInt(100);
    return new Attempt(
        number,
        failed ? Outcome.FAILED : Outcome.SUCCEEDED,
        chance == 0 ? Use.TRUNCATED : chance < 3 ? Use.UNUSED : Use.USED,
        usage,
        pico(call.label().served(), usage),
        redone,
        millis);
  }

  private static long pico(Model model, Usage usage) {
    return ModelCatalog.bundled()
        .pricing()
        .cost(model, usage)
        .total()
        .orElseThrow(() -> new IllegalStateException("No price: " + model.qualifiedId()))
        .toPicoExact();
  }

  private void write(PreparedStatement insert, Call call, Attempt attempt) throws SQLException {
    boolean failed = attempt.outcome() == Outcome.FAILED;
    long began = ChronoUnit.MICROS.between(Instant.EPOCH, call.began());
    long took = (long) (attempt.millis() * 1_000);
    insert.setString(1, call.id());
    insert.setInt(2, attempt.number());
    insert.setLong(3, began + took);
    insert.setLong(4, began);
    insert.setLong(5, call.began().getEpochSecond() / Duration.ofDays(1).toSeconds());
    insert.setInt(6, call.label().number());
    if (call.session().isEmpty()) {
      insert.setNull(7, Types.VARCHAR);
    } else {
      insert.setString(7, call.session());
    }
    insert.setString(8, attempt.outcome().name());
    insert.setString(9, (failed ? Use.USED : attempt.use()).name());
    insert.setLong(10, attempt.usage().inputTokens());
    insert.setLong(11, attempt.usage().cachedInputTokens());
    insert.setLong(12, attempt.usage().outputTokens());
    insert.setLong(13, attempt.pico());
    insert.setString(14, (failed ? Certainty.ESTIMATED : Certainty.EXACT).name());
    insert.setLong(15, attempt.pico());
    insert.setLong(16, attempt.pico());
    insert.setLong(17, attempt.usage().cachedInputTokens() * MICROS / 5);
    insert.setLong(18, attempt.redone());
    insert.setLong(19, took);
    insert.setInt(20, (int) Math.ceil(Math.log(took / 1e3) / LOG_GAMMA));
    insert.addBatch();
    costPico += attempt.pico();
  }
}
