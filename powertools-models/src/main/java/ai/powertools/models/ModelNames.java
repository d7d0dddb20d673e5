package ai.powertools.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds models by name, in the order that {@link ModelCatalog} promises.
 *
 * @implNote Taking the names in is on the way of every program that starts: no lambdas there, whose
 *     first one costs as much as all names.
 */
final class ModelNames {
  /** How many of the kinds of names have the provider in them; these come first. */
  private static final int QUALIFIED = 2;

  private final List<CatalogEntry> models;

  /** By {@code provider/id}, {@code provider/alias}, id and alias. */
  private final List<Map<String, List<CatalogEntry>>> exact =
      List.of(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());

  private final Map<String, List<NamePattern>> patterns = new LinkedHashMap<>();

  private ModelNames(List<CatalogEntry> models) {
    this.models = models;
  }

  /** By ids, aliases, names without their date, and patterns. */
  static ModelNames of(List<CatalogEntry> models) {
    ModelNames names = new ModelNames(models);
    names.takeAll();
    return names;
  }

  /** By aliases and patterns alone, the first model that fits. */
  static ModelNames byAliasOnly(List<CatalogEntry> models) {
    ModelNames names = new ModelNames(models);
    for (CatalogEntry model : models) {
      model.aliases().forEach(alias -> names.put(model, alias));
    }
    return names;
  }

  private void takeAll() {
    for (CatalogEntry model : models) {
      String prefix = Providers.canonical(model.provider()) + "/";
      put(0, model.qualifiedId(), model);
      put(0, prefix + model.id(), model);
      put(2, model.id(), model);
      for (String alias : model.aliases()) {
        if (NamePattern.isPattern(alias)) {
          put(model, alias);
        } else {
          put(1, prefix + alias, model);
          put(3, alias, model);
        }
      }
    }
  }

  /** The models that the name may mean: one when it is clear, none when it is unknown. */
  List<CatalogEntry> lookUp(String name) {
    String key = key(name);
    List<CatalogEntry> found = exactly(key);
    int slash = key.indexOf('/');
    if (found.isEmpty() && slash > 0) {
      Model served = find(key.substring(0, slash), key.substring(slash + 1));
      return served == null ? matching(key) : List.of(CatalogEntry.of(served));
    }
    return found.isEmpty() ? matching(key) : found;
  }

  /** The model that this provider means by this name; null when there is none. */
  @Nullable Model find(String provider, String name) {
    String canonical = Providers.canonical(provider);
    String key = key(name);
    CatalogEntry own = of(canonical, key);
    if (own != null) {
      return own.model();
    }
    for (String other : Providers.sellsFor(canonical)) {
      CatalogEntry theirs = of(other, key);
      if (theirs != null) {
        return theirs.model().named(canonical, theirs.id());
      }
    }
    return null;
  }

  UnknownModelException unknown(String name, List<CatalogEntry> found) {
    if (!found.isEmpty()) {
      List<String> candidates = found.stream().map(CatalogEntry::qualifiedId).toList();
      return new UnknownModelException(
          "Model \"%s\" may mean %s. Ask for one of them by that name."
              .formatted(name, String.join(" or ", candidates)),
          name,
          candidates);
    }
    List<String> close = Near.to(key(name), models).stream().map(this::unambiguous).toList();
    String hint = close.isEmpty() ? "" : " Did you mean " + String.join(", ", close) + "?";
    return new UnknownModelException(
        "No model is called \"%s\" among the %d of this catalog.%s Add your own with ModelCatalog.with(…)."
            .formatted(name, models.size(), hint),
        name,
        close);
  }

  private String unambiguous(String name) {
    List<CatalogEntry> meant = exactly(key(name));
    return meant.size() > 1 ? meant.get(0).qualifiedId() : name;
  }

  private @Nullable CatalogEntry of(String provider, String key) {
    String plain = Providers.withoutPath(provider, key);
    CatalogEntry found = byProvider(provider + "/" + plain);
    String undated = found == null ? Snapshot.undated(plain) : null;
    if (undated != null) {
      found = byProvider(provider + "/" + undated);
    }
    if (found == null) {
      found = firstMatch(patterns.getOrDefault(provider, List.of()), key);
    }
    return found;
  }

  private static @Nullable CatalogEntry firstMatch(List<NamePattern> patterns, String key) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(key)) {
        return pattern.model();
      }
    }
    return null;
  }

  private @Nullable CatalogEntry byProvider(String qualified) {
    for (Map<String, List<CatalogEntry>> names : exact.subList(0, QUALIFIED)) {
      List<CatalogEntry> found = names.get(qualified);
      if (found != null) {
        return found.get(0);
      }
    }
    return null;
  }

  private List<CatalogEntry> exactly(String key) {
    for (Map<String, List<CatalogEntry>> names : exact) {
      List<CatalogEntry> found = names.get(key);
      if (found != null) {
        return found;
      }
    }
    return List.of();
  }

  private List<CatalogEntry> exactlyWithoutDate(String key) {
    String undated = Snapshot.undated(key);
    return undated == null ? List.of() : exactly(undated);
  }

  /** By the name without its date, else the first pattern of each provider. */
  private List<CatalogEntry> matching(String key) {
    List<CatalogEntry> found = exactlyWithoutDate(key);
    if (!found.isEmpty()) {
      return found;
    }
    return patterns.values().stream()
        .map(ofOne -> firstMatch(ofOne, key))
        .filter(Objects::nonNull)
        .toList();
  }

  private void put(CatalogEntry model, String pattern) {
    patterns
        .computeIfAbsent(Providers.canonical(model.provider()), none -> new ArrayList<>())
        .add(new NamePattern(model, pattern));
  }

  private void put(int order, String name, CatalogEntry model) {
    Map<String, List<CatalogEntry>> names = exact.get(order);
    String key = key(name);
    List<CatalogEntry> there = names.get(key);
    if (there == null) {
      names.put(key, List.of(model));
    } else if (!there.contains(model)) {
      List<CatalogEntry> more = new ArrayList<>(there);
      more.add(model);
      names.put(key, more);
    }
  }

  static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Names with a date behind them; apart, since most programs ask for none. */
  private static final class Snapshot {
    /** A year from 2000, a month and a day behind a name, in the ways that vendors write them. */
    private static final Pattern NAME =
        Pattern.compile(
            "(.+)(?:-20\\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
                + "|[-@]20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))");

    private Snapshot() {}

    /** The name without its date; null when it has none. */
    static @Nullable String undated(String key) {
      Matcher dated = NAME.matcher(key);
      return dated.matches() ? dated.group(1) : null;
    }
  }
}
