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

/** Finds models by name, in the order that {@link ModelCatalog} promises. */
final class ModelNames {
  /** A year from 2000, a month and a day behind a name, in the ways that vendors write them. */
  private static final Pattern SNAPSHOT =
      Pattern.compile(
          "(.+)(?:-20\\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])"
              + "|[-@]20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))");

  private final List<Model> models;
  private final List<Map<String, List<Model>>> exact =
      List.of(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
  private final Map<String, List<NamePattern>> patterns = new LinkedHashMap<>();

  private ModelNames(List<Model> models) {
    this.models = models;
  }

  /** By ids, aliases, names without their date, and patterns. */
  static ModelNames of(List<Model> models) {
    ModelNames names = new ModelNames(models);
    names.takeAll();
    return names;
  }

  /** By aliases and patterns alone, the first model that fits. */
  static ModelNames byAliasOnly(List<Model> models) {
    ModelNames names = new ModelNames(models);
    for (Model model : models) {
      model.aliases().forEach(alias -> names.put(model, alias));
    }
    return names;
  }

  private void takeAll() {
    for (Model model : models) {
      String prefix = Providers.canonical(model.provider()) + "/";
      put(0, model.qualifiedId(), model);
      put(0, prefix + model.id(), model);
      put(1, model.id(), model);
      for (String alias : model.aliases()) {
        if (NamePattern.isPattern(alias)) {
          put(model, alias);
        } else {
          put(2, prefix + alias, model);
          put(3, alias, model);
        }
      }
    }
  }

  /** The models that the name may mean: one when it is clear, none when it is unknown. */
  List<Model> lookUp(String name) {
    String key = key(name);
    List<Model> found = exactly(key);
    int slash = key.indexOf('/');
    if (found.isEmpty() && slash > 0) {
      Model served = find(key.substring(0, slash), key.substring(slash + 1));
      return served == null ? matching(key) : List.of(served);
    }
    return found.isEmpty() ? matching(key) : found;
  }

  /** The model that this provider means by this name; null when there is none. */
  @Nullable Model find(String provider, String name) {
    String canonical = Providers.canonical(provider);
    String key = key(name);
    Model found = of(canonical, key);
    for (String other : found == null ? Providers.sellsFor(canonical) : List.<String>of()) {
      Model model = found == null ? of(other, key) : null;
      found = model == null ? found : model.named(canonical, model.id());
    }
    return found;
  }

  UnknownModelException unknown(String name, List<Model> found) {
    if (!found.isEmpty()) {
      List<String> candidates = found.stream().map(Model::qualifiedId).toList();
      return new UnknownModelException(
          "Model \"%s\" may mean %s. Ask for one of them by that name."
              .formatted(name, String.join(" or ", candidates)),
          name,
          candidates);
    }
    List<String> close = Near.to(key(name), models);
    String hint = close.isEmpty() ? "" : " Did you mean " + String.join(", ", close) + "?";
    return new UnknownModelException(
        "No model is called \"%s\" among the %d of this catalog.%s Add your own with ModelCatalog.with(…)."
            .formatted(name, models.size(), hint),
        name,
        close);
  }

  private @Nullable Model of(String provider, String key) {
    Model found = first(exactly(provider + "/" + key), provider);
    if (found == null) {
      found = first(exactlyWithoutDate(provider + "/" + key), provider);
    }
    if (found == null) {
      found = firstMatch(patterns.getOrDefault(provider, List.of()), key);
    }
    return found;
  }

  private static @Nullable Model firstMatch(List<NamePattern> patterns, String key) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(key)) {
        return pattern.model();
      }
    }
    return null;
  }

  private static @Nullable Model first(List<Model> found, String provider) {
    for (Model model : found) {
      if (Providers.canonical(model.provider()).equals(provider)) {
        return model;
      }
    }
    return null;
  }

  private List<Model> exactly(String key) {
    for (Map<String, List<Model>> names : exact) {
      List<Model> found = names.get(key);
      if (found != null) {
        return found;
      }
    }
    return List.of();
  }

  private List<Model> exactlyWithoutDate(String key) {
    Matcher snapshot = SNAPSHOT.matcher(key);
    return snapshot.matches() ? exactly(snapshot.group(1)) : List.of();
  }

  /** By the name without its date, else the first pattern of each provider. */
  private List<Model> matching(String key) {
    List<Model> found = exactlyWithoutDate(key);
    if (!found.isEmpty()) {
      return found;
    }
    return patterns.values().stream()
        .map(ofOne -> firstMatch(ofOne, key))
        .filter(Objects::nonNull)
        .toList();
  }

  private void put(Model model, String pattern) {
    patterns
        .computeIfAbsent(Providers.canonical(model.provider()), none -> new ArrayList<>())
        .add(new NamePattern(model, pattern));
  }

  private void put(int order, String name, Model model) {
    List<Model> there = exact.get(order).computeIfAbsent(key(name), key -> new ArrayList<>(1));
    if (!there.contains(model)) {
      there.add(model);
    }
  }

  static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
