package ai.powertools.ratelimit.simulation;

import ai.powertools.ratelimit.Dimension;
import ai.powertools.ratelimit.Limit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Limits as policies write them: {@code 60/m}, {@code 100k/10m burst 10%}, {@code 5/s sliding}; and
 * amounts, as in {@code 1.5M}.
 */
public final class LimitNotation {
  private static final Pattern FORM =
      Pattern.compile("(\\S+?)\\s*/\\s*(\\S+)(?:\\s+burst\\s+(\\S+))?(\\s+sliding)?");
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)([kM]?)");
  private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)%");

  private LimitNotation() {}

  /**
   * The limit.
   *
   * @throws IllegalArgumentException if it is none; the message says what is
   */
  public static Limit parse(Dimension dimension, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a limit is an amount per window, as in 60/m, 100k/10m burst 0.1 or 5/s sliding.");
    }
    Limit limit = Limit.of(dimension, amount(matcher.group(1)), Notation.span(matcher.group(2)));
    if (matcher.group(3) != null) {
      limit = limit.burst(burst(matcher.group(3), limit.amount()));
    }
    return matcher.group(4) == null ? limit : limit.slidingWindow();
  }

  /** A share has a point or a percent sign; a whole number is units. */
  private static long burst(String text, long amount) {
    Matcher percent = SHARE.matcher(text);
    BigDecimal share;
    if (percent.matches()) {
      share = new BigDecimal(percent.group(1)).movePointLeft(2);
    } else if (text.matches("[01]\\.[0-9]{1,6}")) {
      share = new BigDecimal(text);
    } else {
      return amount(text);
    }
    if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "a burst is more than none and at most all of the limit, not " + text + ".");
    }
    return share
        .multiply(BigDecimal.valueOf(amount))
        .setScale(0, RoundingMode.DOWN)
        .max(BigDecimal.ONE)
        .longValueExact();
  }

  /**
   * A whole number, perhaps of thousands or millions: {@code 60}, {@code 100k}, {@code 1.5M}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is
   */
  public static long amount(String text) {
    Matcher matcher = AMOUNT.matcher(text.replace("_", ""));
    if (matcher.matches()) {
      BigDecimal factor =
          switch (matcher.group(2)) {
            case "k" -> BigDecimal.valueOf(1_000);
            case "M" -> BigDecimal.valueOf(1_000_000);
            default -> BigDecimal.ONE;
          };
      BigDecimal amount = new BigDecimal(matcher.group(1)).multiply(factor).stripTrailingZeros();
      if (amount.scale() <= 0 && amount.precision() - amount.scale() <= 18) {
        return amount.longValueExact();
      }
    }
    throw new IllegalArgumentException(
        "an amount is a whole number, perhaps with k or M, as in 100k, of at most 18 digits,"
            + " not \"%s\".".formatted(text));
  }
}
