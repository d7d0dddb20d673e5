package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.core.Deadline;
import ai.powertools.core.Threads;
import ai.powertools.cost.Attribution;
import ai.powertools.cost.CostTracker;
import ai.powertools.logging.LogContext;
import ai.powertools.logging.StructuredLogger;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.Usd;
import ai.powertools.ratelimit.LimiterState;
import ai.powertools.retry.BreakerState;
import ai.powertools.retry.kept.DeadLetters;
import ai.powertools.retry.kept.Driven;
import ai.powertools.retry.kept.KeptErrors;
import ai.powertools.retry.kept.LetterFilter;
import ai.powertools.retry.kept.RedriveSummary;
import ai.powertools.retry.kept.Redriver;
import ai.powertools.retry.kept.Redrivers;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatStream;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.RouterBuilder;
import ai.powertools.router.RoutingDecision;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.StreamListener;
import ai.powertools.router.Task;
import ai.powertools.session.Session;
import ai.powertools.workflow.Options;
import ai.powertools.workflow.Run;
import ai.powertools.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The six foundations and workflows behind one facade. A question passes, from the outside in: log
 * and trace, session, route, and for each model that is tried budget, retry, and for each attempt
 * limits, ledger, provider. One deadline covers all of it; every way out settles money and permits.
 *
 * <p>Safe for use by many threads; close it when done.
 */
public final class AiOrchestrator implements AutoCloseable {
  private static final StructuredLogger LOG = StructuredLogger.of(AiOrchestrator.class);
  private static final ExecutorService THREADS = Threads.perTask("powertools-ask");

  private final Parts parts;
  private final LlmRouter router;
  private final LimitLayer limits;
  private final RetryLayer retries;
  private final Conversations conversations;
  private final Comparisons comparisons;

  AiOrchestrator(Parts parts, OrchestratorBuilder settings) {
    this.parts = parts;
    this.limits = new LimitLayer(settings.limits, parts.time());
    this.retries = new RetryLayer(settings.retry, settings.breaker, parts.time(), settings.random);
    this.conversations = new Conversations(parts.sessions());
    this.comparisons = new Comparisons(parts.catalog());
    RouterBuilder routing =
        LlmRouter.builder().catalog(parts.catalog()).strategy(settings.strategy);
    routing.time(parts.time()).threads(LogContext.propagating(THREADS));
    settings.models.forEach(routing::model);
    routing.around(CallContext::begin);
    settings.around.forEach(routing::around);
    settings.perCandidate.forEach(routing::perCandidate);
    settings.routing.accept(routing);
    this.router =
        routing
            .perCandidate(new BudgetLayer(parts.tracker(), parts.catalog()))
            .perCandidate(retries)
            .perCandidate(limits)
            .perCandidate(new AttemptLayer(parts.catalog(), parts.time()))
            .build();
  }

  /**
   * Models from the environment (see {@link OrchestratorBuilder#detectModels}), state in {@code
   * $POWERTOOLS_HOME} or {@code ~/.powertools}.
   */
  public static AiOrchestrator create() {
    return configured(Optional.empty(), System.getenv()).build();
  }

  /**
   * As a {@code powertools.yaml} says.
   *
   * @throws ConfigurationException if it can't be read or something in it is wrong, with the line
   */
  public static AiOrchestrator from(Path file) {
    return configured(Optional.of(file), System.getenv()).build();
  }

  /**
   * What {@link #from} or {@link #create} would open, to be changed before it is built.
   *
   * @param file the configuration; empty to go by the environment alone
   * @param environment variables such as {@link System#getenv()}
   */
  public static OrchestratorBuilder configured(
      Optional<Path> file, Map<String, String> environment) {
    return file.map(path -> OrchestratorConfig.read(path, environment).builder())
        .orElseGet(() -> builder().home(Home.standard(environment)).detectModels(environment));
  }

  /** In memory, without models, until told otherwise. */
  public static OrchestratorBuilder builder() {
    return new OrchestratorBuilder();
  }

  /** Asks and waits for the whole answer. See {@link #ask(Question)}. */
  public Answer ask(String text) {
    return ask(Question.of(text));
  }

  /**
   * Asks and waits for the whole answer.
   *
   * @throws ai.powertools.router.NoFeasibleModelException if no model can answer; nothing was sent
   * @throws ai.powertools.cost.BudgetExceededException if a budget has no room; nothing was sent
   * @throws ai.powertools.core.PowerToolsException if no model that was tried answered
   */
  public Answer ask(Question question) {
    return answer(question, null, deadline(question), true);
  }

  /** Asks, and tells a listener of the text as it arrives. */
  public Answer ask(Question question, StreamListener listener) {
    return answer(question, listener, deadline(question), true);
  }

  /** Asks on a thread of its own; the context of the log and of the costs goes along. */
  public CompletableFuture<Answer> askAsync(Question question) {
    return CompletableFuture.supplyAsync(
        () -> ask(question), Attribution.capture().wrap(LogContext.capture().wrap(THREADS)));
  }

  /** Asks, and gives the text as it arrives; close it to call the rest off. */
  public ChatStream stream(Question question) {
    LogContext.Captured context = LogContext.capture();
    Attribution.Captured payer = Attribution.capture();
    return ChatStream.of(
        listener ->
            payer
                .wrapSupplier(context.wrapSupplier(() -> ask(question, listener)))
                .get()
                .response());
  }

  /** The conversation of that session, begun if there is none. */
  public Conversation session(String id) {
    return new Conversation(this, id);
  }

  /**
   * Runs a workflow and waits for its end.
   *
   * @param workflow {@code summarize}, {@code key_points}, or one that was added to the builder
   * @param inputs what its steps are given; the built-in ones take {@code text}, and may take
   *     {@code name} (of the text) and {@code session}
   * @param timeout how long all of it may take
   * @throws ConfigurationException if there is no such workflow
   * @throws ai.powertools.workflow.StepFailedException if a step fails, with its error as the cause
   */
  public RunResult run(String workflow, Map<String, ?> inputs, Duration timeout) {
    return run(workflow, inputs, timeout, event -> {});
  }

  /** The same, telling a listener of the text of all steps as it arrives. */
  @SuppressWarnings("try") // the scope is there to be closed
  public RunResult run(
      String workflow, Map<String, ?> inputs, Duration timeout, StreamListener listener) {
    WorkflowSource source = parts.workflows().get(workflow);
    if (source == null) {
      throw new ConfigurationException(
          "There is no workflow \"%s\". There are: %s."
              .formatted(workflow, String.join(", ", parts.workflows().keySet())));
    }
    Deadline deadline = Deadline.after(timeout, parts.time());
    List<Receipt> receipts = Collections.synchronizedList(new ArrayList<>());
    Workflow steps =
        source.workflow(
            question -> {
              Answer answer =
                  answer(question, listener, deadline.earlier(deadline(question)), true);
              receipts.add(answer.receipt());
              return answer;
            });
    String trace = Traces.currentOrFresh();
    try (LogContext.Scope scope = LogContext.with(Traces.FIELD, trace)) {
      Options options =
          Options.defaults()
              .time(parts.time())
              .until(deadline)
              .wrapping(LogContext.capture()::wrap);
      Run run = steps.execute(inputs, options);
      LOG.info("run")
          .with("workflow", workflow)
          .with("run_id", run.id())
          .with("latency_ms", run.duration().toMillis())
          .log();
      return new RunResult(trace, run, receipts);
    }
  }

  /** What would be decided for a question, without asking anybody. */
  public RoutingDecision plan(Question question) {
    return router.plan(
        task(question, conversations.continued(question, conversations.find(question))));
  }

  /** The models that may be chosen, in the order in which they were given. */
  public List<ChatModel> models() {
    return parts.models();
  }

  /** The names of the workflows that can be run. */
  public Set<String> workflows() {
    return parts.workflows().keySet();
  }

  /** What was spent and what is reserved; every attempt, by call and by trace. */
  public CostTracker costs() {
    return parts.tracker();
  }

  /**
   * The limits of every remote provider as they stand, once it has been called: all its models
   * together under its name, as in {@code openai}, and each under its own, as in {@code
   * openai:gpt-5-mini}, with what was learned of it and for how long it is closed.
   */
  public Map<String, LimiterState> limits() {
    return limits.states();
  }

  /** How the circuit breaker of each model stands that was asked, by its label. */
  public Map<String, BreakerState> circuits() {
    return retries.states();
  }

  /** The errors that were kept of questions, if there is a home or a store to keep them in. */
  public KeptErrors errors() {
    return parts.failures().errors();
  }

  /** What finally failed and was kept; see {@link OrchestratorBuilder#deadLetters(boolean)}. */
  public DeadLetters deadLetters() {
    return parts.failures().letters();
  }

  /**
   * Asks kept questions again, one after the other, each with the time that it was given at first.
   * What fails again is told to those who keep account of errors, and stays the letter that it was.
   *
   * @param told of each, once it is settled; the answer of one that is done is an {@link Answer}
   */
  public RedriveSummary redrive(LetterFilter filter, Consumer<Driven> told) {
    Redriver again =
        (letter, attempt) -> {
          Question question = QuestionJson.read(letter.payload());
          return answer(question, null, deadline(question), false);
        };
    return deadLetters()
        .redrive(
            filter, Redrivers.where(task -> task.startsWith(FailedQuestions.TASK), again), told);
  }

  /** The facts that limits and prices come from. */
  public ModelCatalog catalog() {
    return parts.catalog();
  }

  /** Where the log, the ledger and the sessions lie. */
  public Places places() {
    return parts.places();
  }

  /** Closes what it opened. Harmless twice. */
  @Override
  public void close() {
    parts.close();
  }

  Conversations conversations() {
    return conversations;
  }

  private Deadline deadline(Question question) {
    return Deadline.after(question.timeout().orElse(parts.timeout()), parts.time());
  }

  @SuppressWarnings("try") // the scopes are there to be closed
  private Answer answer(
      Question question, @Nullable StreamListener listener, Deadline deadline, boolean keep) {
    String trace = Traces.currentOrFresh();
    try (LogContext.Scope scope = LogContext.with(Traces.FIELD, trace);
        Attribution.Scope payer = Payer.of(question);
        Urgency urgency = Urgency.of(question);
        FailedModels.Scope failed = FailedModels.begin()) {
      long start = parts.time().nanos();
      boolean answered = false;
      try {
        Answer answer = answer(question, listener, deadline, trace, start);
        answered = true;
        parts.failures().answered(failed.models());
        told(listener, answer);
        return answer;
      } catch (RuntimeException e) {
        Duration took = parts.time().since(start);
        FailedQuestions.log(question, e, took);
        if (!answered) { // else the listener failed over its end
          parts.failures().failed(question, failed.models(), e, took, keep);
        }
        if (listener != null) {
          listener.on(new StreamEvent.Failed(e));
        }
        throw e;
      }
    }
  }

  /** The router tells of the end too, but before the exchange is kept. */
  private static void told(@Nullable StreamListener listener, Answer answer) {
    if (listener != null) {
      listener.on(new StreamEvent.Finished(answer.response()));
    }
  }

  private Answer answer(
      Question question,
      @Nullable StreamListener listener,
      Deadline deadline,
      String trace,
      long start) {
    Optional<Session> session = conversations.find(question);
    ChatRequest request = conversations.continued(question, session);
    RoutedResponse routed =
        listener == null
            ? router.route(task(question, request), deadline)
            : router.route(task(question, request), withoutEnd(listener), deadline);
    conversations.remember(question, session, routed.response());
    Receipt receipt = receipt(question, request, routed, trace, start);
    LOG.info("call")
        .with("task", request.task())
        .with("session", question.session().orElse(null))
        .with("model", routed.decision().chosen().map(c -> c.label()).orElse("none"))
        .with("attempts", receipt.attempts().size())
        .with("cost_usd", receipt.totalCost().map(AiOrchestrator::plain).orElse(null))
        .with("latency_ms", receipt.duration().toMillis())
        .log();
    return new Answer(routed.response(), receipt);
  }

  /** A session stays with its model, if the strategy is sticky, and finds its prompt cache warm. */
  private static Task task(Question question, ChatRequest request) {
    Task task = Task.of(request);
    return question.session().map(task::key).orElse(task);
  }

  private static StreamListener withoutEnd(StreamListener listener) {
    return event -> {
      if (!(event instanceof StreamEvent.Finished) && !(event instanceof StreamEvent.Failed)) {
        listener.on(event);
      }
    };
  }

  private Receipt receipt(
      Question question, ChatRequest request, RoutedResponse routed, String trace, long start) {
    return new Receipt(
        trace,
        routed.callId(),
        request.task(),
        question.session(),
        routed.decision(),
        CallContext.attempts(routed.call()).entries(),
        routed.response().usage(),
        routed.response().usageCertainty(),
        new Elsewhere(() -> comparisons.of(request, routed.text())),
        parts.time().since(start),
        routed.response().timeToFirstToken(),
        parts.places());
  }

  private static String plain(Usd amount) {
    return amount.toBigDecimal().toPlainString();
  }
}
