package ai.powertools.session;

import ai.powertools.session.spi.EntryRow;
import ai.powertools.session.spi.PastRow;
import ai.powertools.session.spi.SessionRow;
import java.time.Instant;

/** Rows as they are in a backup. An entry does not name its session: it comes behind its head. */
final class RowBytes {
  private RowBytes() {}

  static byte[] of(SessionRow row, Extent extent) {
    return new BytesOut()
        .code(extent.code())
        .number(row.id())
        .text(row.name())
        .moment(row.createdAt())
        .moment(row.touchedAt())
        .number(row.version())
        .number(row.lock().fence())
        .text(row.lock().holder())
        .moment(row.lock().until())
        .moment(row.expiresAt())
        .duration(row.slide())
        .number(row.history().from())
        .moment(row.history().fromAt())
        .number(row.history().snapshot())
        .number(row.contents().entries())
        .number(row.contents().sum())
        .number(row.seal())
        .toByteArray();
  }

  static byte[] of(EntryRow row) {
    return put(new BytesOut(), row).toByteArray();
  }

  static byte[] of(PastRow row) {
    BytesOut end = new BytesOut().number(row.until()).moment(row.untilAt()).number(row.seal());
    return put(end, row.entry()).toByteArray();
  }

  private static BytesOut put(BytesOut out, EntryRow row) {
    return out.text(row.name())
        .number(row.seq())
        .number(row.version())
        .moment(row.at())
        .moment(row.expiresAt())
        .duration(row.slide())
        .bytes(row.record());
  }

  /** How much of a session is in the file. */
  static Extent extent(byte[] head) {
    return Extent.of(new BytesIn(head).code());
  }

  static SessionRow head(byte[] bytes) {
    BytesIn in = new BytesIn(bytes);
    Extent.of(in.code());
    return new SessionRow(
        in.number(),
        in.text(),
        in.moment(),
        in.moment(),
        in.number(),
        new SessionRow.Lock(in.number(), in.text(), in.someMoment()),
        in.someMoment(),
        in.duration(),
        new SessionRow.History(in.number(), in.moment(), in.number()),
        new SessionRow.Contents(in.number(), in.number()),
        in.number());
  }

  static EntryRow entry(long session, byte[] bytes) {
    return entry(session, new BytesIn(bytes));
  }

  static PastRow past(long session, byte[] bytes) {
    BytesIn in = new BytesIn(bytes);
    long until = in.number();
    Instant untilAt = in.moment();
    long seal = in.number();
    return new PastRow(entry(session, in), until, untilAt, seal);
  }

  private static EntryRow entry(long session, BytesIn in) {
    return new EntryRow(
        session,
        in.text(),
        in.number(),
        in.number(),
        in.moment(),
        in.someMoment(),
        in.duration(),
        in.bytes());
  }
}
