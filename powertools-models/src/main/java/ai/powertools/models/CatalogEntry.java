package ai.powertools.models;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model by its names; what else is known of it is read when it is first asked for. Thread-safe.
 */
final class CatalogEntry {
  private final String provider;
  private final String id;
  private final List<String> aliases;
  private final @Nullable Supplier<Model> reader;
  private volatile @Nullable Model model;

  private CatalogEntry(
      String provider,
      String id,
      List<String> aliases,
      @Nullable Supplier<Model> reader,
      @Nullable Model model) {
    this.provider = provider;
    this.id = id;
    this.aliases = aliases;
    this.reader = reader;
    this.model = model;
  }

  static CatalogEntry of(Model model) {
    return new CatalogEntry(model.provider(), model.id(), model.aliases(), null, model);
  }

  /** An entry of a file, whose row is read on demand; perhaps twice, if two ask at once. */
  static CatalogEntry of(String provider, String id, List<String> aliases, Supplier<Model> reader) {
    return new CatalogEntry(provider, id, aliases, reader, null);
  }

  String provider() {
    return provider;
  }

  String id() {
    return id;
  }

  List<String> aliases() {
    return aliases;
  }

  String qualifiedId() {
    return provider + "/" + id;
  }

  /** What tells it from all others, whatever a source calls its provider. */
  String key() {
    return Providers.canonical(provider) + "/" + id.toLowerCase(Locale.ROOT);
  }

  Model model() {
    Model known = model;
    if (known == null && reader != null) {
      known = reader.get();
      model = known;
    }
    if (known == null) {
      throw new IllegalStateException("no row of " + qualifiedId());
    }
    return known;
  }
}
