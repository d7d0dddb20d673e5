package ai.powertools.session;

/**
 * What was put aside so that the rest is whole again.
 *
 * @param entries damaged values, entries of logs and of the past; they are kept apart, as they are
 * @param sessions how many sessions were counted anew, or got a new head
 */
public record SetAside(long entries, long sessions) {
  SetAside and(SetAside more) {
    return new SetAside(entries + more.entries, sessions + more.sessions);
  }
}
