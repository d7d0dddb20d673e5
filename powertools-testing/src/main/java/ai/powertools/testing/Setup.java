package ai.powertools.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a simulator is to be, apart from its script. Safe for use by many threads. */
final class Setup {
  private final Map<String, String> headers = new ConcurrentSkipListMap<>();
  private final AtomicInteger loading = new AtomicInteger();
  private volatile List<String> models = List.of("simulated-1");
  private volatile String key = "";
  private volatile boolean llamaCpp;

  Map<String, String> headers() {
    return headers;
  }

  List<String> models() {
    return models;
  }

  void setModels(List<String> names) {
    models = names;
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
