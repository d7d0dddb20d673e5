package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What listeners, meters and lists are told. */
abstract class SessionReportsContract extends SessionHistoryContract {

  @Test
  void listenersAreToldOfWhatIsKeptAndOfNothingElse() {
    List<SessionChange> told = new ArrayList<>();
    List<SessionChange> fromTheBegin = new ArrayList<>();
    Sessions all = timed(builder -> builder.listener(fromTheBegin::add));
    Session timed = all.open(name());
    Runnable end = all.listen(told::add);
    timed.transaction(
        tx -> {
          tx.set("b", 1);
          tx.append("a", 1);
          tx.set("b", 2);
          return true;
        });
    refusal(() -> timed.replace("b", 1, 99));
    timed.remove("nothing");
    timed.expire("b", Ttl.of(seconds(50)));
    all.delete(timed.name());
    all.delete(timed.name());
    assertThat(told)
        .containsExactly(
            new SessionChange(timed.name(), 1, clock.instant(), List.of("b", "a")),
            new SessionChange(timed.name(), 0, clock.instant(), List.of()));
    end.run();
    end.run();
    all.open(timed.name()).set("c", 1);
    assertThat(told).hasSize(2);
    assertThat(fromTheBegin).hasSize(3);
  }

  @Test
  void aListenerThatFailsIsInNobodysWay() {
    List<SessionChange> told = new ArrayList<>();
    Sessions all = timed();
    all.listen(
        change -> {
          throw new IllegalStateException("told too much");
        });
    all.listen(told::add);
    all.open(name()).set("a", 1);
    assertThat(told).hasSize(1);
  }

  @Test
  void aMeterIsToldOfReadsAndWrites() {
    List<String> told = new ArrayList<>();
    Sessions all =
        timed(
            builder ->
                builder.meter(
                    new SessionMeter() {
                      @Override
                      public void read(String session, Duration took, boolean found) {
                        told.add("read " + found + " " + took.isNegative());
                      }

                      @Override
                      public void wrote(String session, Duration took, boolean kept) {
                        told.add("wrote " + kept + " " + took.isNegative());
                      }
                    }));
    Session timed = all.open(name());
    timed.set("a", 1);
    timed.find("a", Integer.class);
    timed.find("b", Integer.class);
    refusal(() -> timed.replace("a", 1, 99));
    assertThat(told)
        .containsExactly(
            "wrote true false", "read true false", "read false false", "wrote false false");
  }

  @Test
  void aListSaysWhenSessionsWereMadeAndUsed() {
    Sessions all = timed();
    String old = name();
    Session first = all.open(old);
    pass(10);
    Session second = all.open(old + "-b", Ttl.of(seconds(500)));
    pass(10);
    first.set("a", 1);
    first.append("log", 1);
    List<SessionInfo> list =
        all.list().stream().filter(info -> info.name().startsWith(old)).toList();
    assertThat(list).extracting(SessionInfo::name).containsExactly(old, second.name());
    assertThat(list.get(0).touchedAt()).isEqualTo(clock.instant());
    assertThat(list.get(0).createdAt()).isEqualTo(clock.instant().minusSeconds(20));
    assertThat(list.get(0).version()).isEqualTo(2);
    assertThat(list.get(0).entries()).isEqualTo(2);
    assertThat(list.get(0).expiresAt()).isEmpty();
    assertThat(list.get(1).expiresAt()).contains(clock.instant().plusSeconds(490));
  }

  @Test
  void aHandleOfASessionThatWasMadeAnewIsRefused() {
    session.set("a", 1);
    Session other = sessions.open(session.name());
    sessions.delete(session.name());
    Session anew = sessions.open(session.name());
    assertThat(refusal(() -> other.get("a", Integer.class)))
        .hasMessage(
            "Session \"" + session.name() + "\" was deleted while it was in use. Open it again.");
    refusal(() -> other.set("a", 1));
    refusal(() -> other.trim("log", 1));
    refusal(() -> other.tryLock(seconds(1)));
    refusal(() -> other.snapshots());
    assertThat(anew.keys()).isEmpty();
  }

  @Test
  void recoveringLooksWhetherAllIsThere() {
    session.set("a", 1);
    session.append("log", 1);
    Recovered recovery = sessions.recover(session.name());
    assertThat(recovery.found().isIntact()).isTrue();
    assertThat(recovery.found().entries()).isEqualTo(2);
    assertThat(recovery.session().keys()).containsExactly("a");
    assertThat(refusal(() -> sessions.recover("never made")))
        .hasMessageContaining("There is no session \"never made\" in " + sessions.location());
  }
}
