package ai.powertools.ratelimit;

import ai.powertools.core.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a call asks of a limiter: how much of what, how urgent it is, for whom, and how long it can
 * wait. Immutable; one that is used again and again costs nothing.
 *
 * <p>Tokens of which it is not said whether they are input or output count in full against limits
 * of either.
 */
public final class Demand {
  private static final Duration ENDLESS = Deadline.never().remaining();
  private static final Deadline NEVER = Deadline.never();
  private static final String[] NO_KEYS = {};
  private static final Demand REQUEST =
      new Demand(
          new Amounts(1, 0, 0, 0, Map.of()),
          Priority.NORMAL,
          "",
          NO_KEYS,
          ENDLESS,
          Deadline.never());

  private final Amounts amounts;
  private final Priority priority;
  private final String tenant;
  private final String[] keys;
  private final Duration patience;
  private final Deadline deadline;

  private Demand(
      Amounts amounts,
      Priority priority,
      String tenant,
      String[] keys,
      Duration patience,
      Deadline deadline) {
    this.amounts = amounts;
    this.priority = priority;
    this.tenant = tenant;
    this.keys = keys;
    this.patience = patience;
    this.deadline = deadline;
  }

  /** One request and no tokens, that waits without end. */
  public static Demand request() {
    return REQUEST;
  }

  /**
   * One request and {@code tokens} tokens, that waits without end.
   *
   * @param tokens how many the call may use, an estimate that {@link Permit#used} corrects
   * @throws IllegalArgumentException if it is negative, or absurd
   */
  public static Demand tokens(long tokens) {
    return REQUEST.with(REQUEST.amounts.tokens(tokens));
  }

  /**
   * One request with so many tokens of input and of output, that waits without end.
   *
   * @throws IllegalArgumentException if one of them is negative, or absurd
   */
  public static Demand tokens(long input, long output) {
    return REQUEST.with(REQUEST.amounts.tokens(input, output));
  }

  /**
   * The same with so much of a dimension, in place of what it had.
   *
   * @throws IllegalArgumentException if the amount is negative, or absurd
   */
  public Demand and(Dimension dimension, long amount) {
    return with(amounts.with(dimension, amount));
  }

  /** The same, so urgent; {@link Priority#NORMAL} without this. */
  public Demand priority(Priority priority) {
    return new Demand(amounts, priority, tenant, keys, patience, deadline);
  }

  /**
   * The same, on behalf of somebody: those who wait are let through in turn, whoever asks more
   * often. Without this all are one.
   */
  public Demand tenant(String tenant) {
    return new Demand(amounts, priority, tenant, keys, patience, deadline);
  }

  /**
   * The same with a key for each level of the limiter, in the order in which the builder was given
   * them; levels beyond the last key do not count this call.
   */
  public Demand at(String... keys) {
    for (String key : keys) {
      if (key.isEmpty()) {
        throw new IllegalArgumentException(
            "A demand has an empty key among " + Arrays.asList(keys) + ": give each a name.");
      }
    }
    return new Demand(amounts, priority, tenant, keys.clone(), patience, deadline);
  }

  /**
   * The same, waiting at most this long; zero never waits.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Demand within(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("A demand cannot wait for " + patience + ".");
    }
    return new Demand(amounts, priority, tenant, keys, patience, deadline);
  }

  /** The same, for an answer that is worth having until {@code deadline}. */
  public Demand until(Deadline deadline) {
    return new Demand(amounts, priority, tenant, keys, patience, deadline);
  }

  private Demand with(Amounts changed) {
    return new Demand(changed, priority, tenant, keys, patience, deadline);
  }

  /** How much of a dimension it asks for. */
  public long amount(Dimension dimension) {
    return amounts.of(dimension.slot(), dimension);
  }

  /** Tokens in all. */
  public long tokens() {
    return amounts.tokens();
  }

  /** How urgent it is. */
  public Priority priority() {
    return priority;
  }

  /** On whose behalf; empty when nobody was named. */
  public String tenant() {
    return tenant;
  }

  /** The keys of the levels. */
  public List<String> keys() {
    return List.of(keys);
  }

  /** How long it waits at most, from when it asks; about 292 years when that was not said. */
  public Duration patience() {
    return patience;
  }

  /** When its answer is no longer worth having. */
  public Deadline deadline() {
    return deadline;
  }

  Amounts amounts() {
    return amounts;
  }

  /** Whether it has neither keys nor a deadline. */
  boolean isPlain() {
    return keys.length == 0 && deadline == NEVER;
  }

  int depth() {
    return keys.length;
  }

  String key(int level) {
    return keys[level];
  }

  /** What patience and deadline allow together, in nanoseconds from now. */
  long waitNanos() {
    long patient = patience.compareTo(ENDLESS) >= 0 ? Long.MAX_VALUE : patience.toNanos();
    // What comes at the deadline comes too late.
    return deadline.isNever()
        ? patient
        : Math.min(patient, Math.max(0, deadline.remaining().toNanos() - 1));
  }

  /** As in {@code "a request of 1500 tokens"}, for messages. */
  String label() {
    return amounts.label();
  }

  @Override
  public String toString() {
    Map<String, Object> rest = new TreeMap<>();
    if (priority != Priority.NORMAL) {
      rest.put("priority", priority);
    }
    if (!tenant.isEmpty()) {
      rest.put("tenant", tenant);
    }
    if (keys.length > 0) {
      rest.put("at", Arrays.asList(keys));
    }
    return rest.isEmpty() ? label() : label() + " " + rest;
  }
}
