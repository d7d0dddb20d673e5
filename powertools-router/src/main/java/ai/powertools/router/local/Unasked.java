package ai.powertools.router.local;

/**
 * What could not be learnt.
 *
 * @param server whom it would have come from: the server and its address, or the variable of the
 *     environment that should name it
 * @param why what it did not say, and why not
 */
public record Unasked(String server, String why) {}
