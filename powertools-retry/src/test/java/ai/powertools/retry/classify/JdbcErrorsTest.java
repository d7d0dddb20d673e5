package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.powertools.retry.Classifier;
import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Verdict;
import ai.powertools.retry.classify.SqlStateRow.What;
import java.net.SocketException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What errors of databases mean, code by code. */
class JdbcErrorsTest {
  /** The table once more, sorted by what must come of it. */
  private static final String EXPECTED =
      """
      any state unknown 08007 40003
      any state permanent 40002 08P01
      any state transient 08004 40001 HYT00 HYT01
      any class transient 08 40
      any class permanent 02 0A 0B 21 22 23 24 25 26 28 2B 2D 2F 34 38 3D 3F 42 44
      postgresql state transient 40P01 55P03 55006 72000 25P03
      postgresql state throttled 53300
      postgresql state permanent 53100 53400 57P04
      postgresql state unknown 57014
      postgresql class transient 53 57
      postgresql class permanent 54 55 F0 P0
      postgresql class unknown 58 XX
      mysql number transient 1205 1213 1614 3058 3572 1206 1053 1152 1158 1159 1160 1161 4031
      mysql number throttled 1040 1203 1226
      mysql number unknown 1180 3024
      mysql number cancelled 1317
      mysql number permanent 1021 1044 1045 1049 1062 1064 1129 1146 1290 1451 1452
      oracle number transient 60 54 30006 8177 2049 4021 4068 1555 28 1033 1034 1089 1090 1092
      oracle number transient 3113 3114 3135 12514 12528 12537 12541 17002 17008 17410
      oracle number throttled 18 20 12516 12519 12520
      oracle number unknown 25408 1013 600
      oracle number permanent 1 904 942 1017 1400 1653 28000
      sqlserver number transient 1204 1205 1222 3960 41302 41305 41325 701 8645 4060 4221 40143
      sqlserver number transient 40197 40540 40613 233 10053 10054 10060
      sqlserver number throttled 40501 10928 10929 49918 49919 49920
      sqlserver number permanent 102 208 547 1105 2601 2627 9002 18456
      sqlite number transient 5 6 7 10 15 17
      sqlite number permanent 1 3 8 11 12 13 14 18 19 20 21 22 23 25 26
      sqlite number unknown 2 4
      sqlite number cancelled 9
      """;

  private static final Map<String, String> DRIVERS =
      Map.of(
          "postgresql", "org.postgresql.core.v3.QueryExecutorImpl",
          "mysql", "com.mysql.cj.jdbc.exceptions.SQLError",
          "oracle", "oracle.jdbc.driver.T4CTTIoer11",
          "sqlserver", "com.microsoft.sqlserver.jdbc.SQLServerException",
          "sqlite", "org.sqlite.core.DB");

  private final Classifier classifier = JdbcErrors.classifier();

  static List<SqlStateRow> rows() {
    return SqlStateRow.table();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachCodeHasItsMeaning(SqlStateRow row) {
    ErrorKind expected = expected().get(row.database() + " " + row.what() + " " + row.code());

    Verdict verdict = classifier.classify(error(row));

    assertThat(verdict.kind()).isEqualTo(expected);
    assertThat(verdict.reason()).contains(row.code()).endsWith(": " + row.note());
    assertThat(verdict.retryAfter()).isEmpty();
  }

  @Test
  void theTableHasNoOtherCodesAndSaysWhereFrom() {
    assertThat(expected()).hasSameSizeAs(rows());
    for (SqlStateRow row : rows()) {
      assertThat(row.source()).as(row.toString()).hasScheme("https");
      assertThat(row.date()).as(row.toString()).isAfter(LocalDate.of(2026, 1, 1));
    }
  }

  private static Map<String, ErrorKind> expected() {
    Map<String, ErrorKind> expected = new HashMap<>();
    EXPECTED
        .lines()
        .forEach(
            line -> {
              List<String> words = List.of(line.split(" "));
              What what = What.valueOf(words.get(1).toUpperCase(Locale.ROOT));
              ErrorKind kind = ErrorKind.valueOf(words.get(2).toUpperCase(Locale.ROOT));
              words.stream()
                  .skip(3)
                  .forEach(code -> expected.put(words.get(0) + " " + what + " " + code, kind));
            });
    return expected;
  }

  private static SQLException error(SqlStateRow row) {
    SQLException error =
        switch (row.what()) {
          case STATE -> new SQLException("words", row.code());
          case CLASS -> new SQLException("words", row.code() + "ZZZ");
          case NUMBER -> new SQLException("words", "HY000", Integer.parseInt(row.code()));
        };
    return by(DRIVERS.get(row.database()), error);
  }

  /** As if the driver had made it. */
  private static SQLException by(String driver, SQLException error) {
    if (driver != null) {
      Stream<StackTraceElement> frames =
          Stream.concat(
              Stream.of(new StackTraceElement(driver, "fail", "Driver.java", 1)),
              Arrays.stream(error.getStackTrace()));
      error.setStackTrace(frames.toArray(StackTraceElement[]::new));
    }
    return error;
  }

  @Test
  void aNumberOfNobodyKnowsWhoseIsNotRead() {
    assertThat(classifier.classify(new SQLException("words", "HY000", 1205)))
        .isEqualTo(Verdict.unknown());
  }

  @Test
  void aFrameFarDownDoesNotTellWhoseItIs() {
    SQLException error = new SQLException("words", "HY000", 1205);
    StackTraceElement own = new StackTraceElement("a.B", "c", "B.java", 1);
    StackTraceElement driver = new StackTraceElement(DRIVERS.get("mysql"), "c", "B.java", 1);
    error.setStackTrace(
        Stream.concat(Stream.generate(() -> own).limit(8), Stream.of(driver))
            .toArray(StackTraceElement[]::new));

    assertThat(classifier.classify(error)).isEqualTo(Verdict.unknown());
  }

  @Test
  void extendedCodesOfSqliteCountAsThePrimaryOnes() {
    SQLException busySnapshot =
        by(DRIVERS.get("sqlite"), new SQLException("[SQLITE_BUSY_SNAPSHOT]", null, 517));

    assertThat(classifier.classify(busySnapshot))
        .isEqualTo(Verdict.transientError().because("sqlite 5: another connection writes"));
  }

  @Test
  void theTypeDecidesWhereNoCodeDoes() {
    assertThat(classifier.classify(new SQLTransientConnectionException("pool is empty")))
        .isEqualTo(Verdict.transientError());
    assertThat(classifier.classify(new SQLTimeoutException())).isEqualTo(Verdict.transientError());
    assertThat(classifier.classify(new SQLRecoverableException()))
        .isEqualTo(Verdict.transientError());
    assertThat(classifier.classify(new SQLSyntaxErrorException())).isEqualTo(Verdict.permanent());
    assertThat(classifier.classify(new SQLDataException())).isEqualTo(Verdict.permanent());
    assertThat(
            classifier.classify(new SQLNonTransientConnectionException("closed", "08003")).kind())
        .isEqualTo(ErrorKind.TRANSIENT);
    assertThat(classifier.classify(new SQLException("words"))).isEqualTo(Verdict.unknown());
    assertThat(classifier.classify(new SQLException("words", "x"))).isEqualTo(Verdict.unknown());
  }

  @Test
  void otherErrorsAreNoneOfItsBusiness() {
    assertThat(classifier.classify(new SocketException("Connection reset")))
        .isEqualTo(Verdict.unknown());
  }

  @Test
  void theCodeIsFoundInCausesAndInWhatFollows() {
    SQLException deadlock = new SQLException("deadlock", "40001");
    BatchUpdateException batch = new BatchUpdateException("batch", null, new int[0]);
    batch.setNextException(deadlock);

    assertThat(classifier.classify(new RuntimeException(deadlock)).kind())
        .isEqualTo(ErrorKind.TRANSIENT);
    assertThat(classifier.classify(new RuntimeException(batch)).reason())
        .isEqualTo("SQLState 40001: in conflict with another transaction");
  }

  @ParameterizedTest
  @CsvSource({
    "40001, 23505, PERMANENT",
    "40001, 08007, UNKNOWN",
    "08007, 23505, PERMANENT",
    "40001, 08006, TRANSIENT"
  })
  void ofSeveralTheOneThatForbidsMostDecides(String first, String second, ErrorKind kind) {
    SQLException error = new SQLException("one", first);
    error.setNextException(new SQLException("two", second));

    assertThat(classifier.classify(error).kind()).isEqualTo(kind);
  }

  @Test
  void chainsThatRunInACircleOrForeverEnd() {
    SQLException one = new SQLException("one");
    SQLException two = new SQLException("two", "40001");
    two.initCause(one);
    one.setNextException(two);
    SQLException head = new SQLException("head");
    for (int i = 0; i < 1_000; i++) {
      head.setNextException(new SQLException("more"));
    }

    assertThat(classifier.classify(one).kind()).isEqualTo(ErrorKind.TRANSIENT);
    assertThat(classifier.classify(head)).isEqualTo(Verdict.unknown());
  }

  @Test
  void aCommitOfWhichNobodyKnowsIsNotRetriedForItsCause() {
    SQLException broken = new SQLException("at the commit", "08007");
    broken.initCause(new SocketException("Connection reset"));

    Verdict verdict = classifier.or(Classifier.standard()).classify(broken);

    assertThat(verdict.kind()).isEqualTo(ErrorKind.UNKNOWN);
  }

  @Test
  void errorsOfARealDatabaseAreTold() throws SQLException {
    String url = "jdbc:sqlite:file:jdbcErrors?mode=memory&cache=shared";
    try (Connection one = DriverManager.getConnection(url);
        Statement first = one.createStatement();
        Connection other = DriverManager.getConnection(url);
        Statement second = other.createStatement()) {
      first.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
      first.execute("INSERT INTO t VALUES (1)");

      assertThat(told(second, "INSERT INTO t VALUES (1)"))
          .isEqualTo(Verdict.permanent().because("sqlite 19: a constraint is violated"));
      assertThat(told(second, "INSERT INTO nowhere VALUES (1)"))
          .isEqualTo(Verdict.permanent().because("sqlite 1: the statement is wrong"));
      first.execute("BEGIN IMMEDIATE");
      first.execute("INSERT INTO t VALUES (2)");
      assertThat(told(second, "INSERT INTO t VALUES (3)").kind()).isEqualTo(ErrorKind.TRANSIENT);
    }
  }

  private Verdict told(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException error) {
      return classifier.classify(error);
    }
    return fail("%s must fail", sql);
  }

  @Test
  void driversAreKnownByTheirExceptions() {
    assertThat(Database.of(new SQLException("words"))).isEqualTo(Optional.empty());
    DRIVERS.forEach(
        (label, driver) ->
            assertThat(Database.of(by(driver, new SQLException("words"))).orElseThrow().label())
                .isEqualTo(label));
  }
}
