package ai.powertools.workflow;

import ai.powertools.core.CancelledException;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.core.Threads;
import ai.powertools.core.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One run under way. The caller's thread decides what begins; each step has a thread of its own and
 * reports its end to a queue, where the deadline reports as well.
 */
final class Execution {
  private final Workflow workflow;
  private final String id;
  private final Map<String, Object> inputs;
  private final Options options;
  private final ThreadFactory threads = Threads.factory("powertools-workflow");
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final List<Step> waiting;
  private final Map<String, Thread> running = new LinkedHashMap<>();
  private final Map<String, Object> outputs = new HashMap<>();
  private final List<Run.StepTiming> timeline = new ArrayList<>();
  private final long startNanos;

  Execution(Workflow workflow, String id, Map<String, Object> inputs, Options options) {
    this.workflow = workflow;
    this.id = id;
    this.inputs = inputs;
    this.options = options;
    this.waiting = new ArrayList<>(workflow.steps());
    this.startNanos = options.time().nanos();
  }

  /** What the caller's thread waits for. */
  private sealed interface News {
    record Ended(
        String step, @Nullable Object output, @Nullable Throwable failure, Run.StepTiming timing)
        implements News {}

    record TimeIsUp() implements News {}
  }

  Run run() {
    options.deadline().check("workflow \"" + workflow.name() + "\"");
    Time.Timer alarm =
        options.deadline().isNever()
            ? () -> false
            : options
                .time()
                .after(options.deadline().remaining(), () -> news.add(new News.TimeIsUp()));
    try {
      while (!(waiting.isEmpty() && running.isEmpty())) {
        startWhatCan();
        take(news.take());
      }
    } catch (InterruptedException e) {
      callOff();
      throw CancelledException.interrupted("running workflow \"" + workflow.name() + "\"", e);
    } catch (RuntimeException e) {
      callOff();
      throw e;
    } finally {
      alarm.cancel();
    }
    return new Run(id, workflow.name(), inOrder(), timeline, options.time().since(startNanos));
  }

  private void startWhatCan() {
    for (Step step : List.copyOf(waiting)) {
      if (running.size() < options.parallel() && outputs.keySet().containsAll(step.needs())) {
        waiting.remove(step);
        start(step);
      }
    }
  }

  private void start(Step step) {
    Map<String, Object> needed = new HashMap<>(outputs);
    needed.keySet().retainAll(step.needs());
    StepContext context =
        new StepContext(id, step.name(), inputs, Map.copyOf(needed), options.deadline());
    Thread thread = threads.newThread(() -> workWrapped(step, context));
    running.put(step.name(), thread);
    thread.start();
  }

  private void workWrapped(Step step, StepContext context) {
    try {
      options.wrapping().apply(() -> work(step, context)).run();
    } catch (Throwable e) { // what is put around a step may fail too; nobody waits for ever
      Run.StepTiming none = new Run.StepTiming(step.name(), Duration.ZERO, Duration.ZERO);
      news.add(new News.Ended(step.name(), null, e, none));
    }
  }

  private void work(Step step, StepContext context) {
    Duration start = options.time().since(startNanos);
    Object output = null;
    Throwable failure = null;
    try {
      output = step.action().run(context);
      if (output == null) {
        failure = new IllegalStateException("it gave null; a step gives a value");
      }
    } catch (Throwable e) { // an Error too ends the run instead of leaving it to wait
      failure = e;
    }
    Duration took = options.time().since(startNanos).minus(start);
    news.add(
        new News.Ended(step.name(), output, failure, new Run.StepTiming(step.name(), start, took)));
  }

  private void take(News item) {
    if (item instanceof News.Ended ended) {
      running.remove(ended.step());
      timeline.add(ended.timing());
      if (ended.output() == null || ended.failure() != null) {
        Throwable cause = ended.failure();
        throw new StepFailedException(
            workflow.name(),
            ended.step(),
            cause == null ? new IllegalStateException("no output") : cause);
      }
      outputs.put(ended.step(), ended.output());
    } else {
      throw new DeadlineExceededException(
          "Workflow \"%s\" was not done by its deadline; under way: %s, not begun: %s. Allow more time."
              .formatted(
                  workflow.name(), running.keySet(), waiting.stream().map(Step::name).toList()));
    }
  }

  /** Interrupts what is under way and waits for it, since it may have money to settle. */
  private void callOff() {
    running.values().forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : running.values()) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true; // already on the way out; what is settled is waited for
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> inOrder() {
    Map<String, Object> ordered = new LinkedHashMap<>();
    for (Step step : workflow.steps()) {
      Object output = outputs.get(step.name());
      if (output != null) {
        ordered.put(step.name(), output);
      }
    }
    return ordered;
  }
}
