package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows that ship with this library. Our generator writes one row a line and its names first, so
 * that a program that uses three models reads the names of all and the rows of three.
 *
 * @implNote A parser's classes alone take longer to load than all names to find; a test reads all
 *     rows with the parser and compares the names.
 */
final class BundledModels {
  private static final String FILE = "models.json";
  private static final String ID = "{\"id\":\"";
  private static final String PROVIDER = "\",\"provider\":\"";
  private static final String ALIASES = "\"aliases\":[\"";

  private BundledModels() {}

  static List<CatalogEntry> entries() {
    String text = text();
    List<CatalogEntry> entries = new ArrayList<>();
    int begin = text.indexOf('\n') + 1;
    while (text.startsWith(ID, begin)) {
      int end = text.indexOf('\n', begin);
      int rowEnd = text.charAt(end - 1) == ',' ? end - 1 : end;
      entries.add(entry(text.substring(begin, rowEnd), entries.size() + 1));
      begin = end + 1;
    }
    return entries;
  }

  private static CatalogEntry entry(String row, int number) {
    int idEnd = row.indexOf('"', ID.length());
    int providerBegin = idEnd + PROVIDER.length();
    int providerEnd = row.indexOf('"', providerBegin);
    return CatalogEntry.of(
        row.substring(providerBegin, providerEnd),
        row.substring(ID.length(), idEnd),
        aliases(row, providerEnd),
        new Row(number, row));
  }

  private static List<String> aliases(String row, int begin) {
    int list = row.indexOf(ALIASES, begin);
    if (list < 0) {
      return List.of();
    }
    List<String> aliases = new ArrayList<>();
    int from = list + ALIASES.length();
    while (true) {
      int quote = row.indexOf('"', from);
      aliases.add(row.substring(from, quote));
      if (row.charAt(quote + 1) == ']') {
        return List.copyOf(aliases);
      }
      from = quote + ",\"".length() + 1;
    }
  }

  private static String text() {
    try (@Nullable InputStream in = BundledModels.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new ConfigurationException(FILE + " is not there: the jar is incomplete.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ConfigurationException("%s cannot be read: %s".formatted(FILE, e.getMessage()), e);
    }
  }

  /**
   * A row that is not read yet.
   *
   * @param number its place among the rows
   * @param json what it says
   */
  private record Row(int number, String json) implements Supplier<Model> {
    @Override
    public Model get() {
      return ModelsFile.row(FILE, number, json);
    }
  }

  /** All rows, read by the parser. */
  static List<Model> all() {
    return ModelsFile.read(FILE, new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8)));
  }
}
