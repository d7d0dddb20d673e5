package ai.powertools.ratelimit.shared;

import java.sql.Types;

/** Nothing, of a type of SQL. */
enum SqlNull {
  BIGINT(Types.BIGINT),
  TEXT(Types.VARCHAR);

  /** As in {@link Types}. */
  final int type;

  SqlNull(int type) {
    this.type = type;
  }
}
