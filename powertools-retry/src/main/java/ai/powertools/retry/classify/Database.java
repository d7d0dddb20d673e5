package ai.powertools.retry.classify;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whose numbers an exception has, by the driver that made it. */
enum Database {
  POSTGRESQL("org\\.postgresql\\.|com\\.impossibl\\.postgres\\."),
  MYSQL("com\\.mysql\\.|org\\.mariadb\\."),
  ORACLE("oracle\\.jdbc\\.|oracle\\.net\\."),
  SQLSERVER("com\\.microsoft\\.sqlserver\\.|net\\.sourceforge\\.jtds\\."),
  SQLITE("org\\.sqlite\\.");

  /** Drivers that throw the JDK's own exceptions make them this near to the top of the stack. */
  private static final int FRAMES = 8;

  /** The beginnings of the names of its classes. */
  private final Pattern packages;

  Database(String packages) {
    this.packages = Pattern.compile(packages);
  }

  /** As the table has it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for drivers that are not known, and for an exception without a stack trace. */
  static Optional<Database> of(SQLException error) {
    Stream<String> frames =
        Arrays.stream(error.getStackTrace()).limit(FRAMES).map(StackTraceElement::getClassName);
    return Stream.concat(Stream.of(error.getClass().getName()), frames)
        .flatMap(name -> Arrays.stream(values()).filter(database -> database.made(name)))
        .findFirst();
  }

  private boolean made(String className) {
    return packages.matcher(className).lookingAt();
  }
}
