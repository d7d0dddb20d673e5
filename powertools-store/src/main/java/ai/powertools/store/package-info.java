/**
 * The durable substrate of everything that keeps something: transactions on one SQLite file, on
 * PostgreSQL, or in memory, with group commit and versioned tables.
 *
 * <pre>{@code
 * try (Store store = Store.sqlite(Path.of("state.db"))) {
 *   store.migrate(Migrations.of("notes").step(1, "CREATE TABLE note (id {{serial}}, text TEXT)"));
 *   store.write(sql -> sql.execute("INSERT INTO note (text) VALUES (?)", "kept"));   // durable now
 *   List<String> texts = store.read(sql -> sql.query("SELECT text FROM note", r -> r.string("text")));
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.store;

import org.jspecify.annotations.NullMarked;
