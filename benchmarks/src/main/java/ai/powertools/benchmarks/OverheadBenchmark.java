package ai.powertools.benchmarks;

import ai.powertools.core.Secret;
import ai.powertools.cost.Budget;
import ai.powertools.orchestrator.AiOrchestrator;
import ai.powertools.orchestrator.LimitSettings;
import ai.powertools.orchestrator.OrchestratorBuilder;
import ai.powertools.orchestrator.Question;
import ai.powertools.router.providers.OpenAiCompatible;
import ai.powertools.store.Migrations;
import ai.powertools.store.Store;
import ai.powertools.testing.ProviderSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The same request to the same loopback server: by OkHttp alone, and by {@code ask} with a budget,
 * limits, retries, ledger, session and log, once in memory and once durable.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OverheadBenchmark {
  private static final String QUESTION = "Why is the sky blue? Answer in one sentence.";
  private static final MediaType JSON = MediaType.get("application/json");

  private final ProviderSimulator simulator = ProviderSimulator.start();
  private final OkHttpClient http = new OkHttpClient();
  private final Path folder = temporaryFolder();
  private final AiOrchestrator inMemory = orchestrator(AiOrchestrator.builder());
  private final AiOrchestrator durable =
      orchestrator(AiOrchestrator.builder().home(folder.resolve("home")));
  private final Store store = Store.sqlite(folder.resolve("plain.db"));
  private int question;

  /** A table for the plain write. */
  @Setup
  public void begin() {
    store.migrate(
        Migrations.of("benchmark").step(1, "CREATE TABLE plain (id BIGINT, value TEXT);"));
  }

  /** The least that a call costs. */
  @Benchmark
  public String bareOkHttp() throws IOException {
    String body =
        "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + QUESTION
            + "\"}],\"max_completion_tokens\":200}";
    Request request =
        new Request.Builder()
            .url(simulator.url() + "/chat/completions")
            .header("Authorization", "Bearer sk-benchmark")
            .post(RequestBody.create(body, JSON))
            .build();
    try (Response response = http.newCall(request).execute()) {
      return response.body().string();
    }
  }

  /** All layers, nothing on disk. */
  @Benchmark
  public String askInMemory() {
    return inMemory.ask(question()).text();
  }

  /** All layers; ledger, session and log on disk, every write flushed. */
  @Benchmark
  public String askDurable() {
    return durable.ask(question()).text();
  }

  /** What one flushed write costs on this machine. */
  @Benchmark
  public int oneDurableWrite() {
    int id = question++;
    return store.write(sql -> sql.execute("INSERT INTO plain VALUES (?, ?)", id, QUESTION));
  }

  /** Leaves nothing behind. */
  @TearDown
  public void end() throws IOException {
    inMemory.close();
    durable.close();
    store.close();
    simulator.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private AiOrchestrator orchestrator(OrchestratorBuilder builder) {
    OpenAiCompatible openAi =
        OpenAiCompatible.builder()
            .baseUrl(simulator.url())
            .key(Secret.of("sk-benchmark"))
            .local(false)
            .build();
    return builder
        .model(openAi.model("gpt-5-mini"))
        .budget(Budget.usd(1_000_000))
        .limits(LimitSettings.perMinute(1_000_000_000L, 1_000_000_000_000L))
        .build();
  }

  /** A session of its own for each question: the conversation stays as short as the bare call's. */
  private Question question() {
    return Question.builder(QUESTION)
        .maxOutputTokens(200)
        .session("benchmark-" + question++)
        .build();
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("powertools-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
