package ai.powertools.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a simulator is to be, apart from its script. Safe for use by many threads. */
final class Setup {
  private final Map<String, String> headers = new ConcurrentSkipListMap<>();
  private final AtomicInteger loading = new AtomicInteger();
  private final Set<String> idle = ConcurrentHashMap.newKeySet();
  private volatile List<String> models = List.of("simulated-1");
  private volatile String key = "";
  private volatile boolean llamaCpp;

  Map<String, String> headers() {
    return headers;
  }

  List<String> models() {
    return models;
  }

  synchronized void setModels(List<String> names) {
    models = names;
    idle.clear();
  }

  /** One more, if there is none of that name; not in memory yet. */
  synchronized void add(String name) {
    if (find(name).isEmpty()) {
      List<String> more = new ArrayList<>(models);
      more.add(name.contains(":") ? name : name + ":latest");
      models = List.copyOf(more);
      unload(name);
    }
  }

  /** The whole name of a model, of which Ollama lets {@code :latest} be left out. */
  Optional<String> find(String name) {
    return models.stream()
        .filter(model -> model.equals(name) || model.equals(name + ":latest"))
        .findFirst();
  }

  /** The models in memory, in their order. */
  List<String> loaded() {
    return models.stream().filter(model -> !idle.contains(model)).toList();
  }

  void load(String name) {
    find(name).ifPresent(idle::remove);
  }

  void unload(String name) {
    find(name).ifPresent(idle::add);
  }

  void unloadAll() {
    idle.addAll(models);
  }

  void requireKey(String required) {
    if (required.isBlank()) {
      throw new IllegalArgumentException("A key that is required can't be blank.");
    }
    key = required;
  }

  /** Whether the key of this request is the one that is required, if any is. */
  boolean admits(Vendor vendor, RecordedRequest request) {
    String required = key;
    return required.isEmpty()
        || request.path().equals("/health")
        || vendor.key(request).filter(required::equals).isPresent();
  }

  boolean llamaCpp() {
    return llamaCpp;
  }

  void beLlamaCpp() {
    llamaCpp = true;
  }

  void setLoading(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("Can't be loading fewer than no times: " + times);
    }
    loading.set(times);
  }

  /** Whether the model is still being loaded, which it is once less after that. */
  boolean stillLoads() {
    return loading.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }
}
