package ai.powertools.models;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An amount of United States dollars, exact to the last digit, possibly negative.
 *
 * <p>Held as a {@code long} number of pico-dollars (10<sup>-12</sup> dollars; a price of $1 per
 * million tokens is 1,000,000 of them per token), and as a {@link BigDecimal} where that is not
 * enough: beyond about ±9.2 million dollars, or finer than a pico-dollar. Nothing is ever rounded,
 * and two amounts are equal exactly when they are the same number. There is no way in or out by
 * {@code double}.
 *
 * <p>Immutable and thread-safe.
 */
public final class Usd implements Comparable<Usd> {
  /** No money: an amount that is known to be nothing, never one that is not known. */
  public static final Usd ZERO = new Usd(0, null);

  private static final int PICO_DIGITS = 12;
  private static final double PICO_PER_DOLLAR = 1e12;
  private static final int MILLION_DIGITS = 6;
  private static final long MILLION = 1_000_000L;
  private static final long PICO_PER_CENT = 10_000_000_000L;
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** Longer numbers than this are refused where text comes in: 1e999999999 is not an amount. */
  private static final int MAX_DIGITS = 100;

  private final long pico;

  /** The amount in dollars when {@code pico} cannot hold it, else null; so each has one form. */
  private final @Nullable BigDecimal big;

  private Usd(long pico, @Nullable BigDecimal big) {
    this.pico = pico;
    this.big = big;
  }

  /**
   * The amount that a decimal number says, as in {@code Usd.of("0.00125")}.
   *
   * @param decimal dollars: digits with an optional sign, point and exponent; no currency sign and
   *     no thousands separators
   * @throws IllegalArgumentException if it is anything else, or longer than 100 digits
   */
  public static Usd of(String decimal) {
    if (decimal.length() > 3 * MAX_DIGITS) {
      throw new IllegalArgumentException(
          "Not an amount of dollars: a text of " + decimal.length() + " characters.");
    }
    BigDecimal parsed;
    try {
      parsed = new BigDecimal(decimal);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Not an amount of dollars: \"" + decimal + "\". Write a plain decimal such as 0.00125.",
          e);
    }
    return of(parsed);
  }

  /**
   * The amount that a decimal number says, in dollars.
   *
   * @throws IllegalArgumentException if it needs more than 100 digits before or after the point
   */
  public static Usd of(BigDecimal dollars) {
    if (dollars.scale() > MAX_DIGITS || (long) dollars.precision() - dollars.scale() > MAX_DIGITS) {
      throw new IllegalArgumentException(
          "Not an amount of dollars: more than "
              + MAX_DIGITS
              + " digits on one side of the point.");
    }
    return exact(dollars);
  }

  /** This many cents. */
  public static Usd cents(long cents) {
    long high = Math.multiplyHigh(cents, PICO_PER_CENT);
    long low = cents * PICO_PER_CENT;
    return high == low >> 63 ? ofPico(low) : exact(BigDecimal.valueOf(cents, 2));
  }

  /** This many pico-dollars, that is, 10<sup>-12</sup> dollars each. */
  public static Usd ofPico(long pico) {
    return pico == 0 ? ZERO : new Usd(pico, null);
  }

  /** This amount and the other together. */
  public Usd plus(Usd other) {
    if (big == null && other.big == null) {
      long sum = pico + other.pico;
      boolean overflow = ((pico ^ sum) & (other.pico ^ sum)) < 0;
      if (!overflow) {
        return ofPico(sum);
      }
    }
    return exact(toBigDecimal().add(other.toBigDecimal()));
  }

  /** This amount less the other; negative when the other is more. */
  public Usd minus(Usd other) {
    if (big == null && other.big == null) {
      long difference = pico - other.pico;
      boolean overflow = ((pico ^ other.pico) & (pico ^ difference)) < 0;
      if (!overflow) {
        return ofPico(difference);
      }
    }
    return exact(toBigDecimal().subtract(other.toBigDecimal()));
  }

  /** This amount so many times. */
  public Usd times(long factor) {
    if (big == null) {
      long high = Math.multiplyHigh(pico, factor);
      long low = pico * factor;
      if (high == low >> 63) {
        return ofPico(low);
      }
    }
    return exact(toBigDecimal().multiply(BigDecimal.valueOf(factor)));
  }

  /**
   * This amount times a decimal factor, exactly.
   *
   * @throws IllegalArgumentException if the factor has more than 100 digits
   */
  public Usd times(BigDecimal factor) {
    return of(toBigDecimal().multiply(factor));
  }

  /**
   * What so many units cost when this is the price of {@code per} of them: exact where {@code per}
   * is a power of ten, else (hours of 3,600 seconds) rounded half even to 34 significant digits.
   */
  Usd forUnits(long units, long per) {
    if (big == null) {
      if (pico % per == 0) {
        return ofPico(pico / per).times(units);
      }
      long high = Math.multiplyHigh(pico, units);
      long low = pico * units;
      if (high == low >> 63 && low % per == 0) {
        return ofPico(low / per);
      }
    }
    BigDecimal all = toBigDecimal().multiply(BigDecimal.valueOf(units));
    return exact(
        per == MILLION
            ? all.scaleByPowerOfTen(-MILLION_DIGITS)
            : all.divide(BigDecimal.valueOf(per), MathContext.DECIMAL128));
  }

  /** Whether this is exactly nothing. */
  public boolean isZero() {
    return pico == 0 && big == null;
  }

  /** Whether this is less than nothing. */
  public boolean isNegative() {
    return signum() < 0;
  }

  /** Whether {@link #toPicoExact()} gives it. */
  public boolean isWholePicos() {
    return big == null;
  }

  /**
   * The whole number of pico-dollars that this amount is, for storing.
   *
   * @throws ArithmeticException if it is beyond a {@code long} or not a whole number of them;
   *     {@link #toString()} keeps such an amount as well
   */
  public long toPicoExact() {
    if (big != null) {
      throw new ArithmeticException(
          "$"
              + this
              + " is not a whole number of pico-dollars within a long; keep its text instead.");
    }
    return pico;
  }

  /** The amount in dollars, roughly: to rank and to draw by, never for a bill. */
  public double approximately() {
    return big != null ? big.doubleValue() : pico / PICO_PER_DOLLAR;
  }

  /** The amount in dollars, without trailing zeros after the point. */
  public BigDecimal toBigDecimal() {
    return big != null ? big : stripped(BigDecimal.valueOf(pico, PICO_DIGITS));
  }

  /** For people: {@code $0.00125}, {@code $12.00}, {@code -$0.50}; at least two decimals, exact. */
  public String format() {
    BigDecimal amount = toBigDecimal().abs();
    String digits = (amount.scale() < 2 ? amount.setScale(2) : amount).toPlainString();
    return (isNegative() ? "-$" : "$") + digits;
  }

  @Override
  public int compareTo(Usd other) {
    return big == null && other.big == null
        ? Long.compare(pico, other.pico)
        : toBigDecimal().compareTo(other.toBigDecimal());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Usd usd && pico == usd.pico && Objects.equals(big, usd.big);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(pico) + Objects.hashCode(big);
  }

  /** The exact amount as a plain decimal number such as {@code 0.00125}; {@link #of} reads it. */
  @Override
  public String toString() {
    return toBigDecimal().toPlainString();
  }

  private int signum() {
    return big != null ? big.signum() : Long.signum(pico);
  }

  private static Usd exact(BigDecimal dollars) {
    BigDecimal amount = stripped(dollars);
    if (amount.scale() <= PICO_DIGITS) {
      BigInteger pico = amount.setScale(PICO_DIGITS).unscaledValue();
      if (pico.compareTo(MIN) >= 0 && pico.compareTo(MAX) <= 0) {
        return ofPico(pico.longValue());
      }
    }
    return new Usd(0, amount);
  }

  /** One form per number: no trailing zeros after the point, and none hidden in the exponent. */
  private static BigDecimal stripped(BigDecimal dollars) {
    BigDecimal amount = dollars.stripTrailingZeros();
    return amount.scale() < 0 ? amount.setScale(0) : amount;
  }
}
