package ai.powertools.session;

/**
 * Reads and changes that happen together or not at all, with nobody else's in between. Valid only
 * while the transaction runs, on its thread.
 */
public interface SessionTransaction extends SessionView, SessionEdit {}
