package ai.powertools.session;

import ai.powertools.core.Time;
import ai.powertools.session.spi.SessionStore;

/** What all sessions of one place share. */
record Settings(
    SessionStore store,
    RecordFormat format,
    Time time,
    HistoryWindow history,
    Listeners listeners,
    SessionMeter meter,
    Locks locks,
    Updates updates) {}
