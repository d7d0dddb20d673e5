package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Time;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.CostTrackerBuilder;
import ai.powertools.logging.LogFile;
import ai.powertools.models.ModelCatalog;
import ai.powertools.router.ChatModel;
import ai.powertools.session.Sessions;
import ai.powertools.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an orchestrator stands on, opened together and closed together. */
final class Parts implements AutoCloseable {
  /** The loggers whose events go to the log file. */
  private static final String LOGGERS = "ai.powertools";

  private final OrchestratorBuilder settings;
  private final Map<String, WorkflowSource> workflows;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final CostTracker tracker;
  private final Sessions sessions;
  private final Places places;
  private final FailedQuestions failures;

  Parts(OrchestratorBuilder settings) {
    this.settings = settings;
    Map<String, WorkflowSource> all = new TreeMap<>(BuiltInWorkflows.all());
    all.putAll(settings.workflows);
    this.workflows = Collections.unmodifiableMap(all);
    try {
      String log = openLog();
      Store store = openStore();
      this.tracker = openTracker(store);
      this.sessions = Sessions.on(store, settings.time);
      this.failures = new FailedQuestions(settings, store);
      opened.push(failures);
      this.places = new Places(log, tracker.location(), sessions.location());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  List<ChatModel> models() {
    return List.copyOf(settings.models);
  }

  Map<String, WorkflowSource> workflows() {
    return workflows;
  }

  ModelCatalog catalog() {
    return settings.catalog;
  }

  Time time() {
    return settings.time;
  }

  Duration timeout() {
    return settings.timeout;
  }

  CostTracker tracker() {
    return tracker;
  }

  Sessions sessions() {
    return sessions;
  }

  FailedQuestions failures() {
    return failures;
  }

  Places places() {
    return places;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("Could not close a part of the orchestrator", e);
      }
    }
  }

  private String openLog() {
    if (settings.home.isEmpty() || !settings.logToFile) {
      return "none of its own; events go to SLF4J";
    }
    Path file = Home.log(settings.home.get());
    opened.push(LogFile.attach(file, LOGGERS));
    return file.toString();
  }

  private Store openStore() {
    if (settings.store.isPresent()) {
      return settings.store.get();
    }
    Store store =
        settings.home.map(home -> Store.sqlite(Home.store(home))).orElseGet(Store::inMemory);
    opened.push(store);
    return store;
  }

  private CostTracker openTracker(Store store) {
    CostTrackerBuilder builder =
        CostTracker.builder().catalog(settings.catalog).time(settings.time);
    if (settings.store.isPresent() || settings.home.isPresent()) {
      builder.store(store);
    } // else in memory too, which is faster than a store there
    try {
      settings.budgets.forEach(builder::budget);
    } catch (IllegalArgumentException e) { // two of one name, from a file and from a program
      throw new ConfigurationException(String.valueOf(e.getMessage()), e);
    }
    return builder.listener(new CostLog()).build();
  }
}
