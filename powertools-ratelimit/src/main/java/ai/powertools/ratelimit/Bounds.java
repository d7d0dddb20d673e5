package ai.powertools.ratelimit;

/** The checks that the builders of controls have in common. */
final class Bounds {
  private Bounds() {}

  static void require(int least, int most) {
    if (least < 1 || most < least) {
      throw new IllegalArgumentException(
          "From %d to %d calls at once makes no sense: give 1 or more, the smaller number as least."
              .formatted(least, most));
    }
  }

  static int nearest(int calls, int least, int most) {
    return Math.max(least, Math.min(most, calls));
  }

  static void requireShare(String what, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "%s of %s makes no sense: give more than 0 and less than 1.".formatted(what, share));
    }
  }
}
