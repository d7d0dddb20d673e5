package ai.powertools.store;

import java.util.ArrayList;
import java.util.List;

/**
 * How a module's tables came to be: numbered steps of SQL that are applied once each, in order, and
 * never edited again.
 *
 * <p>{@code {{serial}}} stands for a primary key that counts up by itself, {@code {{bytes}}} for
 * the type of bytes, {@code {{clustered}}} behind the last bracket of a table keeps its rows in the
 * order of its primary key where the database can, {@code {{key}}} stands for a primary key that is
 * a {@code BIGINT} given by the program, {@code {{text}}} for a text that is compared character by
 * character and not by the rules of a country; the rest must be SQL that SQLite and PostgreSQL both
 * understand: any number of statements that change something, with a semicolon between them.
 * Immutable.
 */
public final class Migrations {
  private final String module;
  private final List<Step> steps;

  private Migrations(String module, List<Step> steps) {
    this.module = module;
    this.steps = List.copyOf(steps);
  }

  /** One step: its version, and the SQL that leads there from the version before. */
  record Step(int version, String sql) {}

  /** No steps yet for the module of that name. */
  public static Migrations of(String module) {
    if (module.isBlank()) {
      throw new IllegalArgumentException("Migrations need the name of their module.");
    }
    return new Migrations(module, List.of());
  }

  /**
   * The same and one step more.
   *
   * @throws IllegalArgumentException if {@code version} is not the next one
   */
  public Migrations step(int version, String sql) {
    if (version != steps.size() + 1) {
      throw new IllegalArgumentException(
          "Step %d of module \"%s\" must be number %d: steps are counted from 1 without gaps."
              .formatted(version, module, steps.size() + 1));
    }
    List<Step> more = new ArrayList<>(steps);
    more.add(new Step(version, sql));
    return new Migrations(module, more);
  }

  String module() {
    return module;
  }

  List<Step> steps() {
    return steps;
  }
}
