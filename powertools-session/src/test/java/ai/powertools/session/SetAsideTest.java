package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import ai.powertools.session.spi.SessionRows;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetAsideTest {
  private final VirtualClock clock = VirtualClock.at(Instant.parse("2026-11-01T12:00:00Z"));
  private final MemorySessionStore place = new MemorySessionStore();
  private final Sessions sessions =
      Sessions.builder().in(place).time(clock).history(HistoryWindow.FOREVER).open();
  private Session session;

  @BeforeEach
  void open() {
    session = sessions.open("project");
    session.set("good", 1);
    session.set("bad", 1);
    session.appendAll("log", List.of("one", "two", "three"));
    session.append("short", "only");
  }

  private void damage(Consumer<SessionRows> work) {
    place.write(
        rows -> {
          work.accept(rows);
          return true;
        });
  }

  private void damageEntry(String name, long seq) {
    damage(rows -> rows.put(Damage.record(rows.entry(session.id(), name, seq).orElseThrow())));
  }

  @Test
  void takesOutWhatIsDamagedAndTheRestIsWhole() {
    damageEntry("bad", 0);
    damageEntry("log", 2);
    damageEntry("short", 1);
    assertThatThrownBy(() -> session.get("bad", Integer.class))
        .isInstanceOf(DamagedRecordException.class)
        .hasMessageContaining("sessions.setAside(sessions.verify())");
    List<SessionChange> told = new ArrayList<>();
    sessions.listen(told::add);
    long version = session.version();

    SetAside aside = sessions.setAside(sessions.verify());
    assertThat(aside).isEqualTo(new SetAside(3, 1));
    assertThat(sessions.verify().problems()).isEmpty();
    assertThat(session.keys()).containsExactly("good");
    assertThat(session.log("log", String.class)).containsExactly("one", "three");
    assertThat(session.log("short", String.class)).isEmpty();
    assertThat(session.append("short", "next")).as("numbers go on").isEqualTo(2);
    assertThat(told).extracting(SessionChange::version).contains(version + 1);
    assertThat(sessions.setAside(sessions.verify())).isEqualTo(new SetAside(0, 0));
  }

  @Test
  void takesOutOneProblemAlone() {
    damageEntry("bad", 0);
    damageEntry("log", 2);
    Verified.Problem problem =
        sessions.verify().problems().stream()
            .filter(one -> one.name().equals("log"))
            .findFirst()
            .orElseThrow();
    assertThat(sessions.setAside(problem)).isEqualTo(new SetAside(1, 1));
    assertThat(sessions.verify().problems())
        .extracting(Verified.Problem::name)
        .containsExactly("bad");
    assertThat(sessions.setAside(new Verified.Problem("none", "", 0, "")))
        .isEqualTo(new SetAside(0, 0));
  }

  @Test
  void takesOutWhatIsDamagedOfThePast() {
    session.set("bad", 2);
    damage(
        rows -> {
          PastRow past = rows.scanPast(session.id(), "", Long.MAX_VALUE, 0, 10).get(0);
          rows.forget(past);
          rows.keep(new PastRow(Damage.record(past.entry()), past.until(), past.untilAt()));
        });
    assertThat(sessions.setAside(sessions.verify())).isEqualTo(new SetAside(1, 1));
    assertThat(sessions.verify().problems()).isEmpty();
    assertThat(session.at(2).keys()).containsExactly("good");
  }

  @Test
  void countsAnewWhereSomethingIsMissing() {
    damage(rows -> rows.remove(session.id(), "log", 2));
    assertThat(sessions.verify().problems())
        .extracting(Verified.Problem::what)
        .containsExactly("it has 5 entries where 6 were written");
    assertThat(sessions.setAside(sessions.verify())).isEqualTo(new SetAside(0, 1));
    assertThat(sessions.verify().problems()).isEmpty();
  }

  @Test
  void makesANewHeadFromWhatIsThere() {
    SessionLock lock = session.lock(Duration.ofHours(1));
    lock.session().snapshot("kept");
    lock.session().set("good", 2);
    lock.session().expire("good", Ttl.of(Duration.ofDays(1)));
    damage(rows -> rows.put(Damage.version(rows.session("project").orElseThrow())));
    assertThatThrownBy(() -> session.set("good", 3)).isInstanceOf(DamagedRecordException.class);

    assertThat(sessions.setAside(sessions.verify())).isEqualTo(new SetAside(0, 1));
    assertThat(sessions.verify().problems()).isEmpty();
    SessionRow head = place.read(rows -> rows.session("project").orElseThrow());
    assertThat(head.version()).as("one more than the highest that is seen").isEqualTo(7);
    assertThat(head.lock().until()).isEmpty();
    assertThat(head.lock().fence()).isEqualTo(lock.token() + (1L << 20));
    assertThat(head.createdAt()).isEqualTo(clock.instant());
    assertThatThrownBy(() -> lock.session().set("good", 3))
        .isInstanceOf(StaleSessionException.class);
    session.set("good", 4);
    assertThat(session.get("good", Integer.class)).isEqualTo(4);
    assertThat(session.at("kept").get("good", Integer.class)).isEqualTo(1);
    assertThatThrownBy(() -> session.at(1)).isInstanceOf(SessionException.class);
  }
}
