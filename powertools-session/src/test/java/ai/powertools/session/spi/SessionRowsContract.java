package ai.powertools.session.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the rows of a store have to give, one question at a time. */
public abstract class SessionRowsContract extends SessionStoreSamples {
  @Test
  void givesAHeadBackAsItWasPut() {
    SessionRow plain = head(7, "plain");
    SessionRow full =
        new SessionRow(
            Long.MAX_VALUE,
            "Größe \ud83d\ude80 '; --",
            T0,
            T0.plusNanos(1_000),
            Long.MAX_VALUE,
            new SessionRow.Lock(3, "holder \ud83d\ude80", Optional.of(T0.plusSeconds(5))),
            Optional.of(T0.plusSeconds(6)),
            Optional.of(Duration.ofSeconds(7, 1_000)),
            new SessionRow.History(8, T0.plusSeconds(9), 10),
            new SessionRow.Contents(11, Long.MIN_VALUE),
            -12);
    write(rows -> List.of(plain, full).forEach(rows::put));

    assertThat(one(rows -> rows.session("plain"))).contains(plain);
    assertThat(one(rows -> rows.session(full.name()))).contains(full);
    assertThat(one(rows -> rows.sessionOf(full.id()))).contains(full);
    assertThat(one(rows -> rows.session("PLAIN"))).isEmpty();
    assertThat(one(rows -> rows.sessionOf(8))).isEmpty();
  }

  @Test
  void replacesTheHeadOfTheSameId() {
    SessionRow later =
        new SessionRow(
            1,
            "a",
            T0,
            T0.plusSeconds(1),
            2,
            new SessionRow.Lock(3, "h", Optional.of(T0)),
            Optional.of(T0.plusSeconds(4)),
            Optional.of(Duration.ofSeconds(5)),
            new SessionRow.History(6, T0.plusSeconds(7), 8),
            new SessionRow.Contents(9, 10),
            11);
    write(rows -> rows.put(head(1, "a")));
    write(rows -> rows.put(later));
    assertThat(one(rows -> rows.session("a"))).contains(later);
    write(rows -> rows.put(head(1, "a")));
    assertThat(one(rows -> rows.session("a"))).contains(head(1, "a"));
    assertThat(list(rows -> rows.sessions("", 9))).hasSize(1);
  }

  @Test
  void refusesASecondSessionOfOneName() {
    write(rows -> rows.put(head(1, "a")));
    assertThatThrownBy(() -> write(rows -> rows.put(head(2, "a"))))
        .isInstanceOf(PowerToolsException.class);
    assertThat(one(rows -> rows.session("a"))).contains(head(1, "a"));
    assertThat(one(rows -> rows.sessionOf(2))).isEmpty();
  }

  @Test
  void listsHeadsByNameInPages() {
    write(rows -> List.of("b", "B", "ä", "a", "_", "Z").forEach(n -> rows.put(head(n))));
    assertThat(list(rows -> rows.sessions("", 3)))
        .extracting(SessionRow::name)
        .containsExactly("B", "Z", "_");
    assertThat(list(rows -> rows.sessions("_", 9)))
        .extracting(SessionRow::name)
        .containsExactly("a", "b", "ä");
    assertThat(list(rows -> rows.sessions("ä", 9))).isEmpty();
    assertThat(list(rows -> rows.sessions("", 0))).isEmpty();
  }

  @Test
  void findsTheSessionsThatHaveExpiredTheOldestFirst() {
    write(
        rows -> {
          rows.put(expiring(1, "z", T0.plusSeconds(1)));
          rows.put(expiring(2, "a", T0.plusSeconds(2)));
          rows.put(expiring(3, "b", T0.plusSeconds(3)));
          rows.put(head(4, "never"));
        });
    assertThat(list(rows -> rows.expiredSessions(T0, 9))).isEmpty();
    assertThat(list(rows -> rows.expiredSessions(T0.plusSeconds(2), 9)))
        .extracting(SessionRow::name)
        .containsExactly("z", "a");
    assertThat(list(rows -> rows.expiredSessions(T0.plusSeconds(9), 1)))
        .extracting(SessionRow::name)
        .containsExactly("z");
  }

  @Test
  void deletesAllThatBelongsToASession() {
    write(
        rows -> {
          for (long id = 1; id <= 2; id++) {
            rows.put(head(id, "s" + id));
            rows.put(entry(id, "a", 0, 1));
            rows.keep(past(id, "a", 0, 1, 2));
          }
        });
    write(rows -> rows.delete(1));
    write(rows -> rows.delete(3));

    assertThat(one(rows -> rows.session("s1"))).isEmpty();
    assertThat(one(rows -> rows.sessionOf(1))).isEmpty();
    assertThat(scan(1)).isEmpty();
    assertThat(scanPast(1)).isEmpty();
    assertThat(one(rows -> rows.session("s2"))).isPresent();
    assertThat(scan(2)).hasSize(1);
    assertThat(scanPast(2)).hasSize(1);
    write(rows -> rows.put(head(9, "s1")));
    assertThat(one(rows -> rows.session("s1"))).map(SessionRow::id).contains(9L);
  }

  @Test
  void givesAnEntryBackAsItWasPut() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    EntryRow full =
        new EntryRow(
            -5,
            "x \ud83d\ude80",
            -2,
            Long.MAX_VALUE,
            T0,
            Optional.of(T0.plusNanos(1_000)),
            Optional.of(Duration.ofMillis(1)),
            all);
    EntryRow plain = entry(-5, "x", 0, 3);
    write(rows -> List.of(full, plain).forEach(rows::put));
    assertSame(one(rows -> rows.entry(-5, full.name(), -2)).stream().toList(), full);
    assertSame(one(rows -> rows.entry(-5, "x", 0)).stream().toList(), plain);
    assertThat(one(rows -> rows.entry(-5, "x", 1))).isEmpty();
    assertThat(one(rows -> rows.entry(-5, "X", 0))).isEmpty();

    write(rows -> rows.put(withExpiry(entry(-5, "x", 0, 4), T0)));
    assertSame(
        one(rows -> rows.entry(-5, "x", 0)).stream().toList(),
        withExpiry(entry(-5, "x", 0, 4), T0));
    assertThat(scan(-5)).hasSize(2);
  }

  @Test
  void findsAValueWithItsHead() {
    write(
        rows -> {
          rows.put(head(1, "s"));
          rows.put(entry(1, "a", 0, 1));
          rows.put(entry(1, "log", 1, 1));
        });
    SessionStore.FoundValue found = store.find("s", "a").orElseThrow();
    assertThat(found.session()).isEqualTo(head(1, "s"));
    assertSame(found.entry().stream().toList(), entry(1, "a", 0, 1));
    assertThat(store.find("s", "log").orElseThrow().entry()).isEmpty();
    assertThat(store.find("s", "b").orElseThrow().session()).isEqualTo(head(1, "s"));
    assertThat(store.find("t", "a")).isEmpty();
  }

  @Test
  void givesARangeOfALogFromEitherEnd() {
    write(
        rows -> {
          for (long seq = -2; seq <= 5; seq++) {
            rows.put(entry(1, "log", seq, 1));
            rows.put(entry(1, "log2", seq, 1));
            rows.put(entry(2, "log", seq, 1));
          }
        });
    assertThat(seqs(rows -> rows.entries(1, "log", 2, 4, 9, false))).containsExactly(2L, 3L, 4L);
    assertThat(seqs(rows -> rows.entries(1, "log", 2, 4, 2, true))).containsExactly(4L, 3L);
    assertThat(seqs(rows -> rows.entries(1, "log", 1, Long.MAX_VALUE, 1, true)))
        .containsExactly(5L);
    assertThat(seqs(rows -> rows.entries(1, "log", Long.MIN_VALUE, 0, 9, false)))
        .containsExactly(-2L, -1L, 0L);
    assertThat(seqs(rows -> rows.entries(1, "log", 4, 3, 9, false))).isEmpty();
    assertThat(seqs(rows -> rows.entries(1, "log", 1, 5, 0, false))).isEmpty();
    assertThat(seqs(rows -> rows.entries(1, "lo", 1, 5, 9, true))).isEmpty();
  }

  @Test
  void namesAndCountsWhatHasNotExpired() {
    write(
        rows -> {
          rows.put(entry(1, "key", 0, 1));
          rows.put(withExpiry(entry(1, "gone", 0, 1), T0));
          rows.put(entry(1, "label", -1, 1));
          rows.put(withExpiry(entry(1, "log", 1, 1), T0));
          rows.put(withExpiry(entry(1, "log", 2, 1), T0.plusSeconds(1)));
          rows.put(entry(1, "log", 3, 1));
          rows.put(entry(1, "log", 0, 1));
          rows.put(withExpiry(entry(1, "old", 7, 1), T0));
          rows.put(entry(2, "elsewhere", 0, 1));
        });
    assertThat(list(rows -> rows.names(1, 0, 0, T0))).containsExactly("key", "log");
    assertThat(list(rows -> rows.names(1, -1, -1, T0))).containsExactly("label");
    assertThat(list(rows -> rows.names(1, 1, Long.MAX_VALUE, T0))).containsExactly("log");
    assertThat(list(rows -> rows.names(1, 1, Long.MAX_VALUE, T0.minusNanos(1_000))))
        .containsExactly("log", "old");
    assertThat(number(rows -> rows.count(1, "log", T0))).isEqualTo(2);
    assertThat(number(rows -> rows.count(1, "log", T0.plusSeconds(1)))).isEqualTo(1);
    assertThat(number(rows -> rows.count(1, "nothing", T0))).isZero();
  }

  @Test
  void scansASessionInPages() {
    write(
        rows -> {
          rows.put(entry(1, "b", 2, 1));
          rows.put(entry(1, "b", -1, 1));
          rows.put(entry(1, "a", 1, 1));
          rows.put(entry(1, "a", 0, 1));
          rows.put(withExpiry(entry(1, "c", 0, 1), T0));
          rows.put(entry(2, "a", 0, 1));
          rows.put(entry(0, "z", 0, 1));
        });
    assertThat(list(rows -> rows.scan(1, "", Long.MAX_VALUE, 3)))
        .extracting(row -> row.name() + row.seq())
        .containsExactly("a0", "a1", "b-1");
    assertThat(list(rows -> rows.scan(1, "b", -1, 9)))
        .extracting(row -> row.name() + row.seq())
        .containsExactly("b2", "c0");
    assertThat(list(rows -> rows.scan(1, "c", 0, 9))).isEmpty();
    assertThat(list(rows -> rows.scan(1, "", Long.MAX_VALUE, 0))).isEmpty();
  }

  @Test
  void findsTheEntriesThatHaveExpiredTheOldestFirst() {
    write(
        rows -> {
          rows.put(withExpiry(entry(2, "a", 0, 1), T0.plusSeconds(3)));
          rows.put(withExpiry(entry(1, "z", 0, 1), T0.plusSeconds(1)));
          rows.put(withExpiry(entry(1, "a", 2, 1), T0.plusSeconds(2)));
          rows.put(withExpiry(entry(1, "a", 1, 1), T0.plusSeconds(2)));
          rows.put(entry(1, "never", 0, 1));
        });
    assertThat(list(rows -> rows.expiredEntries(T0, 9))).isEmpty();
    assertThat(list(rows -> rows.expiredEntries(T0.plusSeconds(2), 9)))
        .extracting(row -> row.name() + row.seq())
        .containsExactly("z0", "a1", "a2");
    assertThat(list(rows -> rows.expiredEntries(T0.plusSeconds(9), 1))).hasSize(1);
  }

  @Test
  void removesAnEntryAndSaysWhetherThereWasOne() {
    write(rows -> rows.put(entry(1, "a", 0, 1)));
    assertThat(removed(rows -> rows.remove(1, "a", 1))).isFalse();
    assertThat(removed(rows -> rows.remove(1, "a", 0))).isTrue();
    assertThat(removed(rows -> rows.remove(1, "a", 0))).isFalse();
    assertThat(scan(1)).isEmpty();
  }

  @Test
  void keepsThePastAndGivesWhatStoodAtAVersion() {
    write(
        rows -> {
          rows.keep(past(1, "a", 0, 1, 3));
          rows.keep(past(1, "a", 0, 3, 4));
          rows.keep(past(1, "a", 2, 1, 9));
          rows.keep(past(1, "a", 1, 2, 9));
          rows.keep(past(1, "b", 0, 1, 9));
          rows.keep(past(2, "a", 0, 1, 9));
        });
    assertSame(
        list(rows -> rows.past(1, "a", 2)).stream().map(PastRow::entry).toList(),
        entry(1, "a", 0, 1),
        entry(1, "a", 1, 2),
        entry(1, "a", 2, 1));
    assertThat(list(rows -> rows.past(1, "a", 3)).get(0).until()).isEqualTo(4);
    assertThat(list(rows -> rows.past(1, "a", 9))).isEmpty();
    assertThat(list(rows -> rows.past(1, "a", 0))).isEmpty();
    assertThat(list(rows -> rows.scanPast(1, "", Long.MAX_VALUE, Long.MAX_VALUE, 3)))
        .extracting(SessionStoreSamples::place)
        .containsExactly("a0v1", "a0v3", "a1v2");
    assertThat(list(rows -> rows.scanPast(1, "a", 0, 1, 2)))
        .extracting(SessionStoreSamples::place)
        .containsExactly("a0v3", "a1v2");
    assertThat(list(rows -> rows.scanPast(1, "a", 2, 1, 9)))
        .extracting(SessionStoreSamples::place)
        .containsExactly("b0v1");

    write(rows -> rows.forget(past(1, "a", 0, 1, 3)));
    write(rows -> rows.forget(past(1, "never", 0, 1, 3)));
    assertThat(scanPast(1)).hasSize(4);
  }

  @Test
  void knowsTheVersionOfAMoment() {
    write(
        rows -> {
          rows.put(at(entry(1, "a", 0, 4), T0.plusSeconds(4)));
          rows.put(at(entry(1, "b", 0, 2), T0.plusSeconds(2)));
          rows.keep(new PastRow(at(entry(1, "c", 0, 1), T0.plusSeconds(1)), 3, T0.plusSeconds(3)));
          rows.put(at(entry(2, "a", 0, 99), T0));
        });
    for (int version = 0; version <= 5; version++) {
      Instant moment = T0.plusSeconds(version);
      assertThat(number(rows -> rows.versionAt(1, moment))).isEqualTo(Math.min(version, 4));
      assertThat(number(rows -> rows.versionAt(1, moment.plusMillis(999))))
          .isEqualTo(Math.min(version, 4));
    }
    assertThat(number(rows -> rows.versionAt(3, T0))).isZero();
  }

  @Test
  void keepsWhatAllSessionsShare() {
    write(
        rows -> {
          rows.putShared("b", bytes("1"));
          rows.putShared("a", bytes("2"));
          rows.putShared("b", bytes("3"));
        });
    assertThat(one(rows -> rows.shared("b"))).hasValueSatisfying(is("3"));
    assertThat(one(rows -> rows.shared("a"))).hasValueSatisfying(is("2"));
    assertThat(one(rows -> rows.shared("c"))).isEmpty();
    assertThat(list(SessionRows::sharedNames)).containsExactly("a", "b");
  }

  @Test
  void putsADamagedRowAsideAndLeavesItInItsPlace() {
    EntryRow damaged = withExpiry(entry(1, "a", 0, 1), T0);
    write(rows -> rows.put(damaged));
    write(rows -> rows.setAside(damaged, "its checksum does not fit"));
    write(rows -> rows.setAside(damaged, "again"));
    assertSame(scan(1), damaged);
    assertThat(removed(rows -> rows.remove(1, "a", 0))).isTrue();
  }
}
