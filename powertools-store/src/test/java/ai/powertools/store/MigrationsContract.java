package ai.powertools.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.store.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How tables come to be, on every database. */
abstract class MigrationsContract extends OpenStore {
  private static final Migrations ONE =
      Migrations.of("zoo").step(1, "CREATE TABLE animal (id {{serial}}, name TEXT NOT NULL)");

  @Test
  void appliesEachStepOnce() {
    Migrations two =
        ONE.step(2, "INSERT INTO animal (name) VALUES ('tiger')")
            .step(3, "UPDATE animal SET name = name || '!'");
    store.migrate(ONE);
    store.migrate(ONE);
    store.migrate(two);
    store.migrate(two);

    assertThat(animals()).containsExactly("tiger!");
    assertThat(versions("zoo")).containsExactly(1, 2, 3);
  }

  @Test
  void keepsModulesApart() {
    store.migrate(ONE);
    store.migrate(Migrations.of("garden").step(1, "CREATE TABLE plant (name TEXT)"));

    assertThat(versions("zoo")).containsExactly(1);
    assertThat(versions("garden")).containsExactly(1);
  }

  @Test
  void aStepHasAsManyStatementsAsItLikes() {
    store.migrate(
        ONE.step(
            2,
            """
            -- A comment; with a semicolon
            CREATE TABLE keeper (name TEXT); -- and one behind
            INSERT INTO keeper VALUES ('a;
            b'); INSERT INTO keeper VALUES ('c');
            CREATE INDEX keeper_name ON keeper (name)
            """));

    List<String> keepers =
        store.read(sql -> sql.query("SELECT name FROM keeper", r -> r.string("name")));
    assertThat(keepers).containsExactly("a;\nb", "c");
  }

  @Test
  void refusesAStepThatWasEdited() {
    store.migrate(ONE);
    Migrations edited = Migrations.of("zoo").step(1, "CREATE TABLE animal (name TEXT)");

    assertThat(refusal(() -> store.migrate(edited)))
        .hasMessage(
            "Step 1 of \"zoo\" was edited after it had been applied at "
                + store.location()
                + ". Restore it, and put the change into a new step.")
        .returns(Kind.SCHEMA, StoreException::kind);
    assertThat(kind(() -> store.migrate(edited.step(2, "DROP TABLE animal"))))
        .isEqualTo(Kind.SCHEMA);
    assertThat(animals()).isEmpty();
  }

  @Test
  void refusesTablesOfANewerProgram() {
    store.migrate(ONE.step(2, "ALTER TABLE animal ADD COLUMN age BIGINT"));

    assertThat(refusal(() -> store.migrate(ONE)))
        .hasMessage(
            "The tables of \"zoo\" at "
                + store.location()
                + " are of version 2, this program knows up to 1."
                + " Use the newer program, or another store.")
        .returns(Kind.SCHEMA, StoreException::kind);
  }

  @Test
  void keepsNothingOfAMigrationThatFails() {
    Migrations wrong =
        ONE.step(2, "INSERT INTO animal (name) VALUES ('lion'); INSERT INTO nowhere VALUES (1)");
    assertThat(refusal(() -> store.migrate(wrong)))
        .hasMessageContaining("INSERT INTO nowhere VALUES (1)")
        .returns(Kind.STATEMENT, StoreException::kind);
    assertThat(versions("zoo")).isEmpty();

    store.migrate(ONE.step(2, "INSERT INTO animal (name) VALUES ('lion')"));
    assertThat(animals()).containsExactly("lion");
  }

  @Test
  void countsItsStepsFromOneWithoutGaps() {
    assertThatThrownBy(() -> ONE.step(3, "DROP TABLE animal"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Step 3 of module \"zoo\" must be number 2: steps are counted from 1 without gaps.");
    assertThatThrownBy(() -> Migrations.of(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> animals() {
    return store.read(sql -> sql.query("SELECT name FROM animal", r -> r.string("name")));
  }

  private List<Integer> versions(String module) {
    return store.read(
        sql ->
            sql.query(
                "SELECT version FROM powertools_schema WHERE module = ? ORDER BY version",
                r -> r.intValue("version"),
                module));
  }
}
