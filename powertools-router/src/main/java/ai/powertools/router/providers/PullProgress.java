package ai.powertools.router.providers;

/**
 * How far a model has been fetched.
 *
 * @param status what is done, in the server's words
 * @param completed the bytes of the part that is being fetched which are here; 0 where it does not
 *     say
 * @param total all bytes of that part; 0 where it does not say
 */
public record PullProgress(String status, long completed, long total) {}
