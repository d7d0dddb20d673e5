package ai.powertools.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The models that are known, by name.
 *
 * <p>A name is, in this order: an id or {@code provider/id}; an alias or {@code provider/alias};
 * one of these with the date of a snapshot behind it ({@code gpt-5-2025-08-07}, {@code
 * claude-sonnet-4-5-20250929}, {@code claude-sonnet-4-5@20250929}). Case does not matter. A name
 * that fits several models is never guessed at.
 *
 * <p>Immutable and thread-safe.
 */
public final class ModelCatalog {
  private final List<Model> models;
  private final ModelNames names;
  private final Pricing pricing = new Pricing();

  private ModelCatalog(List<Model> models) {
    this.models = List.copyOf(models);
    this.names = new ModelNames(this.models);
  }

  /** The models that ship with this library; read once, on the first call. */
  public static ModelCatalog bundled() {
    return Bundled.CATALOG;
  }

  /**
   * A catalog of these models only; a later one replaces an earlier of the same provider and id.
   */
  public static ModelCatalog of(List<Model> models) {
    List<Model> kept = new ArrayList<>();
    for (Model model : models) {
      kept.removeIf(other -> other.qualifiedId().equalsIgnoreCase(model.qualifiedId()));
      kept.add(model);
    }
    return new ModelCatalog(kept);
  }

  /** This catalog and these models, which replace those of the same provider and id. */
  public ModelCatalog with(Model... others) {
    List<Model> all = new ArrayList<>(models);
    all.addAll(List.of(others));
    return of(all);
  }

  /**
   * This catalog and the models of a file of one's own, which replace those of the same provider
   * and id. The format is that of the bundled {@code models.json}; {@code models.schema.json},
   * beside it in the jar, describes it.
   *
   * @throws ai.powertools.core.ConfigurationException if the file can't be read or anything in it
   *     is wrong, with the row and the field; no row is taken then
   */
  public ModelCatalog with(Path file) {
    return with(ModelsFile.read(file).toArray(Model[]::new));
  }

  /**
   * The model of this name.
   *
   * @throws UnknownModelException if there is none, with up to three names that were perhaps meant;
   *     or if there are several, naming them
   */
  public Model require(String name) {
    List<Model> found = names.lookUp(name);
    if (found.size() == 1) {
      return found.get(0);
    }
    throw names.unknown(name, found);
  }

  /** The model of this name; empty when there is none, and when there are several. */
  public Optional<Model> find(String name) {
    List<Model> found = names.lookUp(name);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** All models, in the order in which they were given. */
  public List<Model> models() {
    return models;
  }

  /** What usage costs. */
  public Pricing pricing() {
    return pricing;
  }

  /** What counts the tokens of this model, which need not be of this catalog. */
  public TokenCounter tokens(Model model) {
    return TokenCounter.of(model.tokenizer());
  }

  /** Loaded when first asked for, by the rules of class initialization. */
  private static final class Bundled {
    private static final ModelCatalog CATALOG = of(ModelsFile.bundled());
  }
}
