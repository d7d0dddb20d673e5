package ai.powertools.orchestrator;

/**
 * Where things are kept, for people.
 *
 * @param log the file of the structured log, or that there is none
 * @param ledger the store of the cost ledger
 * @param sessions the store of the sessions
 */
public record Places(String log, String ledger, String sessions) {}
