package ai.powertools.testing;

/**
 * What a {@link CrashHarness} saw in all its cycles; {@link #toString()} says it in one line.
 *
 * @param kills how many times the writer was killed
 * @param whileStarting how many of these before it had printed a line
 * @param acknowledged the writes that it acknowledged
 * @param inFlightKept the writes that were under way when it was killed and are there whole
 * @param lost what was acknowledged, or found earlier, and is no longer there
 * @param torn what is there in part
 * @param phantom what is there and was never begun, or was found missing before
 * @param forgotten un-forced changes that the {@link ForgetfulDisk} lost or tore; 0 without one
 * @param seed what the choices grew from
 */
public record CrashReport(
    int kills,
    int whileStarting,
    long acknowledged,
    long inFlightKept,
    long lost,
    long torn,
    long phantom,
    long forgotten,
    long seed) {
  @Override
  public String toString() {
    return ("%d kills (%d while starting), %d acknowledged writes, %d lost, %d torn, %d phantom,"
            + " %d in flight kept whole, %d un-forced changes forgotten, seed %d")
        .formatted(
            kills, whileStarting, acknowledged, lost, torn, phantom, inFlightKept, forgotten, seed);
  }
}
