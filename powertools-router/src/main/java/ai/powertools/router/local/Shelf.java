package ai.powertools.router.local;

import ai.powertools.router.LocalModel;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ServerHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one server says that it has.
 *
 * @param host the server
 * @param health how it is
 * @param models those that it lists
 * @param unasked what it did not say; empty when it said all
 */
record Shelf(Host host, ServerHealth health, List<ServedModel> models, List<Unasked> unasked) {
  Shelf {
    models = List.copyOf(models);
    unasked = List.copyOf(unasked);
  }

  /** Of a server that said nothing. */
  static Shelf silent(Host host, ServerHealth health) {
    return new Shelf(host, health, List.of(), List.of(new Unasked(host.label(), health.detail())));
  }

  /**
   * Asks.
   *
   * @param closely whether to ask for each model alone too
   */
  static Shelf of(Host host, boolean closely) {
    ServerHealth health = host.server().health();
    if (health.status() == ServerHealth.Status.DOWN) {
      return silent(host, health);
    }
    List<LocalModel> models;
    try {
      models = host.server().models();
    } catch (ProviderException e) {
      String why = "its models could not be listed: " + e.getMessage();
      return new Shelf(host, health, List.of(), List.of(new Unasked(host.label(), why)));
    }
    List<Unasked> unasked = new ArrayList<>();
    Set<String> loaded = health.isReady() ? loaded(host, models, unasked) : Set.of();
    List<ServedModel> served = new ArrayList<>();
    boolean asks = closely && health.isReady();
    for (LocalModel model : models) {
      LocalModel known = asks && unasked.isEmpty() ? described(host, model, unasked) : model;
      served.add(new ServedModel(host.server(), known, loaded.contains(model.name()), health));
    }
    return new Shelf(host, health, served, unasked);
  }

  /** Whether it has the model, or may have it once it has loaded what it was started with. */
  boolean mayHave(ModelName name) {
    boolean has = models.stream().anyMatch(served -> name.matches(served.model().name()));
    boolean mute = models.isEmpty() && !unasked.isEmpty();
    return health.status() == ServerHealth.Status.LOADING && (has || mute);
  }

  private static Set<String> loaded(Host host, List<LocalModel> models, List<Unasked> unasked) {
    try {
      return host.loaded(models);
    } catch (ProviderException e) {
      String why = "which of its models are in memory is not known: " + e.getMessage();
      unasked.add(new Unasked(host.label(), why));
      return Set.of();
    }
  }

  /** One that can't be described ends it: a server that is slow would be slow at each of them. */
  private static LocalModel described(Host host, LocalModel model, List<Unasked> unasked) {
    try {
      return host.described(model);
    } catch (ProviderException e) {
      String why = "the contexts of its models are not known: " + e.getMessage();
      unasked.add(new Unasked(host.label(), why));
      return model;
    }
  }
}
