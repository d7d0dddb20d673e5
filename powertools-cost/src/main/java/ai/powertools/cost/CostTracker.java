package ai.powertools.cost;

import ai.powertools.core.Time;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Tracks what calls cost and keeps them within budgets, whoever's client makes them.
 *
 * <p>Before a call, the worst that it can cost is reserved in every budget, or in none and the call
 * is refused; after each attempt, what it used is settled, and at the end the rest of the
 * reservation goes back. So {@code spent + reserved ≤ limit} holds at every moment for hard limits,
 * among all threads and processes that share the ledger, as long as no attempt costs more than was
 * reserved for it and nobody lowers the limit. A reservation whose process has died lapses by
 * itself, and what that call cost is not known: see {@link Outcome#LOST}.
 *
 * <p>Safe for use by many threads.
 */
public final class CostTracker implements AutoCloseable {
  private final CostTrackerBuilder settings;
  private final Ledger ledger;
  private final OpenSpans openSpans;
  private final Outlook outlook;
  private final List<CostListener> listeners;
  private volatile List<Limit> limits;

  CostTracker(CostTrackerBuilder settings) {
    this.settings = settings;
    this.limits = Limit.of(settings.budgets);
    this.listeners = new CopyOnWriteArrayList<>(settings.listeners);
    this.ledger = settings.ledger(() -> limits, this::tell);
    this.outlook = new Outlook(ledger.readings(), settings.time);
    this.openSpans = new OpenSpans(ledger, settings.time, settings.lease);
    try {
      register(limits);
    } catch (RuntimeException e) {
      ledger.close();
      throw e;
    }
  }

  /** A tracker in memory, without budgets, until told otherwise. */
  public static CostTrackerBuilder builder() {
    return new CostTrackerBuilder();
  }

  /**
   * Begins to describe a call. What {@link Attribution} says on this thread belongs to it.
   *
   * @param task what the call is for, as in {@code "code_gen"}; costs are reported by it
   * @throws IllegalArgumentException if it can't be an attribute, see {@link Attributes#with}
   */
  public CallDescription trackCall(String task) {
    refuseWhenOnlyLooking();
    return new CallDescription(this, Attribution.current().with(Attributes.TASK, task));
  }

  /** Every budget as it stands now, and each share of it that has spent or holds something. */
  public List<BudgetStatus> budgets() {
    Instant now = sweep();
    return ledger.look(accounting -> accounting.status(now));
  }

  /**
   * Puts a budget in the place of the one of the same name, or beside the others where there is
   * none. What was spent so far counts, also before there was a budget.
   */
  public synchronized void setBudget(Budget budget) {
    Map<String, Budget> all = new LinkedHashMap<>();
    limits.forEach(limit -> all.put(limit.budget().name(), limit.budget()));
    all.put(budget.name(), budget);
    List<Limit> wanted = Limit.of(List.copyOf(all.values()));
    register(wanted);
    limits = wanted;
  }

  /** Takes the budget of that name away; whether there was one. */
  public synchronized boolean removeBudget(String name) {
    List<Limit> left = new ArrayList<>(limits);
    boolean removed = left.removeIf(limit -> limit.budget().name().equals(name));
    limits = List.copyOf(left);
    return removed;
  }

  /** The attempts of one call, in order. */
  public List<LedgerEntry> entriesOfCall(String callId) {
    sweep();
    return ledger.readings().ofCall(callId);
  }

  /** The attempts that share a trace id, in the order they were recorded. */
  public List<LedgerEntry> entriesOfTrace(String traceId) {
    sweep();
    return ledger.readings().ofTrace(traceId);
  }

  /** The attempts of one conversation, in the order they were recorded. */
  public List<LedgerEntry> entriesOfSession(String session) {
    sweep();
    return ledger.readings().ofSession(session);
  }

  /**
   * The attempts that were recorded last, whatever they were for, newest first.
   *
   * @param n how many at most
   * @throws IllegalArgumentException if negative
   */
  public List<LedgerEntry> recent(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("How many entries? At least 0, not " + n);
    }
    sweep();
    return ledger.readings().recent(n);
  }

  /**
   * The alerts that came, newest first.
   *
   * @param n how many at most
   * @throws IllegalArgumentException if negative
   */
  public List<Alert> alerts(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("How many alerts? At least 0, not " + n);
    }
    return ledger.readings().alerts(n);
  }

  /** What was spent on each task, the dearest first. */
  public List<SpendingBy> byTask() {
    return by(Attributes.TASK);
  }

  /** What was spent on each model, the dearest first. */
  public List<SpendingBy> byModel() {
    return by(Attributes.MODEL);
  }

  /** What was spent by each value of an attribute, the dearest first; blank for calls without. */
  public List<SpendingBy> by(String attribute) {
    Map<String, Totals> sums = new LinkedHashMap<>();
    for (DayTotals day : allDays()) {
      sums.merge(day.attributes().orBlank(attribute), day.totals(), Totals::plus);
    }
    return sums.entrySet().stream()
        .map(one -> new SpendingBy(one.getKey(), Spending.of(one.getValue())))
        .sorted(
            Comparator.comparing((SpendingBy sum) -> sum.spending().known())
                .reversed()
                .thenComparing(SpendingBy::key))
        .toList();
  }

  /** What all recorded attempts cost so far. */
  public Spending total() {
    return Spending.of(allDays().stream().map(DayTotals::totals).reduce(Totals.NONE, Totals::plus));
  }

  /**
   * The month up to now, by the ledger's calendar, with a forecast of its end.
   *
   * @see #analysis for other stretches of time
   */
  public MonthlyReport monthlyReport() {
    return monthlyReport(YearMonth.from(outlook.today()));
  }

  /** Any month; a forecast is only with the one that is under way. */
  public MonthlyReport monthlyReport(YearMonth month) {
    LocalDate today = outlook.today();
    boolean running = month.equals(YearMonth.from(today));
    List<BudgetLine> lines =
        running
            ? budgets().stream()
                .map(one -> new BudgetLine(one.label(), one.budget().limit(), one.spent()))
                .toList()
            : List.of();
    return MonthlyReport.of(
        month,
        ledger.readings().zone(),
        today,
        days(month),
        days(month.minusMonths(1)),
        lines,
        running ? Optional.of(forecast().describe()) : Optional.empty());
  }

  /**
   * Sums by attributes and over time.
   *
   * @param first the first day, by the ledger's calendar
   * @param last the last day, which is in it
   * @throws IllegalArgumentException if the last is before the first
   */
  public CostAnalysis analysis(LocalDate first, LocalDate last) {
    sweep();
    return CostAnalysis.of(first, last, ledger.readings().days(first, last));
  }

  /** What the month under way will have cost at its end. */
  public Forecast forecast() {
    sweep();
    return outlook.month();
  }

  /**
   * What the calls of one budget will have cost when its window ends.
   *
   * @param budget the name of a budget that all its calls share, per day, week or month
   * @throws IllegalArgumentException if there is no such budget
   */
  public Forecast forecast(String budget) {
    return outlook.window(Outlook.shared(budget, budgets()));
  }

  /**
   * When a budget will be used up, if it will be before its window ends, looking a year ahead.
   *
   * @param budget the name of a budget that all its calls share, of the calendar or for ever
   * @throws IllegalArgumentException if there is no such budget
   */
  public Exhaustion exhaustion(String budget) {
    return outlook.exhaustion(Outlook.shared(budget, budgets()));
  }

  /**
   * Forgets the entries of calls that began before that moment. What they come to by day and
   * attribute stays, and so does what budgets have spent in windows that are not over; what goes is
   * each single one, its session and its trace. An attempt that is reported again after that would
   * be counted again.
   *
   * @return how many were forgotten
   */
  public long prune(Instant before) {
    refuseWhenOnlyLooking();
    sweep();
    return ledger.readings().prune(before);
  }

  /** Writes entries for other programs: all of them, until told which. */
  public LedgerExport export(ExportFormat format) {
    sweep();
    return new LedgerExport(ledger.readings(), format, Instant.EPOCH, Instant.MAX);
  }

  /** Adds somebody who is told from now on. */
  public void addListener(CostListener listener) {
    listeners.add(listener);
  }

  /** By whose calendar the days of the ledger begin. */
  public ZoneId zone() {
    return ledger.readings().zone();
  }

  /** Where the ledger lies, for messages. */
  public String location() {
    return ledger.location();
  }

  /**
   * Closes the ledger, and the store if this tracker opened it. What calls under way hold lapses.
   * Harmless twice.
   */
  @Override
  public void close() {
    ledger.close();
  }

  /**
   * Raises what the call holds to its amount.
   *
   * @param isNew whether it can't hold anything yet
   * @param amount the same as people read it
   */
  void reserve(Held held, boolean isNew, Usd amount, Supplier<String> remedy) {
    Optional<BudgetStatus> refused = reserve(held, isNew);
    if (refused.isPresent()) {
      throw new BudgetExceededException(refused.get(), amount, remedy.get());
    }
  }

  private Optional<BudgetStatus> reserve(Held held, boolean isNew) {
    Ledger.Reserving turn = new Ledger.Reserving(held, isNew);
    held.lapsesAt().ifPresent(ledger::expectLapse);
    Optional<BudgetStatus> refused = ledger.visibly(turn);
    // What a process that died had held may be free again.
    return refused.isPresent() && ledger.sweep(time().instant()) ? ledger.visibly(turn) : refused;
  }

  /** Whether a hard limit is for calls like this one. */
  boolean isLimited(Attributes attributes) {
    for (Limit limit : limits) {
      if (limit.budget().atLimit() == AtLimit.REFUSE
          && limit.budget().scope().shareOf(attributes).isPresent()) {
        return true;
      }
    }
    return false;
  }

  void tell(CostEvent event) {
    for (CostListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException e) {
        // Whoever only listens must not undo what was settled, nor keep others from being told.
      }
    }
  }

  Ledger ledger() {
    return ledger;
  }

  OpenSpans openSpans() {
    return openSpans;
  }

  ModelCatalog catalog() {
    return settings.catalog;
  }

  Time time() {
    return settings.time;
  }

  Duration lease() {
    return settings.lease;
  }

  UnknownCost unknownCost() {
    return settings.unknownCost;
  }

  Downgrade downgrade() {
    return settings.downgrade;
  }

  int driftPercent() {
    return settings.driftPercent;
  }

  private void refuseWhenOnlyLooking() {
    if (settings.onlyLooking) {
      throw new IllegalStateException(
          "The ledger at " + location() + " was opened only to look at it: see onlyLooking().");
    }
  }

  private List<DayTotals> allDays() {
    sweep();
    return ledger.readings().days(LocalDate.MIN, LocalDate.MAX);
  }

  private void register(List<Limit> wanted) {
    Instant now = time().instant();
    if (!wanted.isEmpty() && !settings.onlyLooking) {
      ledger.surely(
          accounting -> {
            accounting.register(wanted, now);
            return true;
          });
    }
  }

  private List<DayTotals> days(YearMonth month) {
    sweep();
    return ledger.readings().days(month.atDay(1), month.atEndOfMonth());
  }

  private Instant sweep() {
    Instant now = time().instant();
    if (!settings.onlyLooking) {
      openSpans.sweep();
      ledger.sweep(now);
    }
    return now;
  }
}
