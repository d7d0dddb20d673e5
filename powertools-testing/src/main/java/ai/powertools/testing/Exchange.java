package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request and the ways of answering it. */
final class Exchange {
  private final HttpConnection connection;
  private final RecordedRequest request;
  private final int number;
  private final Setup setup;
  private final Script script;
  private final Runnable abandoned;
  private final Vendor vendor;

  /**
   * @param abandoned told when the client leaves before it has its answer
   */
  Exchange(
      HttpConnection connection,
      RecordedRequest request,
      int number,
      Setup setup,
      Script script,
      Runnable abandoned) {
    this.connection = connection;
    this.request = request;
    this.number = number;
    this.setup = setup;
    this.script = script;
    this.abandoned = abandoned;
    this.vendor = Vendor.of(request, setup.llamaCpp());
  }

  RecordedRequest request() {
    return request;
  }

  JsonNode body() {
    return request.body();
  }

  Vendor vendor() {
    return vendor;
  }

  List<String> models() {
    return setup.models();
  }

  Setup setup() {
    return setup;
  }

  /** Method and path, as in {@code "GET /v1/models"}. */
  String line() {
    return request.method() + " " + request.path();
  }

  /** Answers, or fails, by the script. */
  void chat(Dialect dialect, String model, boolean streams) throws IOException {
    String complaint = dialect.complaint(request);
    if (complaint != null) {
      refuse(400, null, complaint);
      return;
    }
    play(new Call(vendor, dialect, request, model, streams), script.next());
  }

  /**
   * Answers what is no chat. It fails if the script wants the next request to be refused; answers
   * that are scripted are left for a chat.
   *
   * @param complaint what is wrong with the request, if anything
   */
  void answer(@Nullable String complaint, Supplier<JsonNode> body) throws IOException {
    if (complaint != null) {
      refuse(400, null, complaint);
      return;
    }
    Script.Cue refusal = script.nextRefusal();
    if (refusal == null) {
      respond(200, body.get());
    } else {
      // A refusal says nothing that would need the right dialect, only the right vendor.
      play(new Call(vendor, new OpenAiDialect(), request, "", false), refusal);
    }
  }

  /**
   * Does what is no chat and may take long: it breaks as the script wants; answers that are
   * scripted are left for a chat.
   *
   * @param done what comes of it, if it does not break
   */
  void errand(Dialect dialect, boolean streams, Runnable done) throws IOException {
    String complaint = dialect.complaint(request);
    if (complaint != null) {
      refuse(400, null, complaint);
      return;
    }
    Script.Cue mishap = script.nextMishap();
    if (mishap == null) {
      done.run();
      mishap = new Script.Cue(Duration.ZERO, new Step.Answer(SimulatedAnswer.of("")));
    }
    play(new Call(vendor, dialect, request, "", streams), mishap);
  }

  private void play(Call call, Script.Cue cue) throws IOException {
    Stage stage = new Stage(connection, call, number, setup.headers());
    try {
      if (!cue.delay().isZero()) {
        stage.pause(cue.delay());
      }
      cue.step().play(stage);
    } catch (IOException e) {
      abandoned.run();
      throw e;
    }
  }

  void respond(int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    connection.respond(status, headers("application/json"), bytes);
  }

  private Map<String, String> headers(String contentType) {
    return vendor.headers(contentType, number, setup.headers());
  }

  void refuse(int status, @Nullable String code, String message) throws IOException {
    refuse(new Problem(number, status, code, message));
  }

  void refuse(Problem problem) throws IOException {
    respond(problem.status(), vendor.error(problem));
  }

  void refuseKey() throws IOException {
    refuse(vendor.refusedKey(number));
  }

  /** Says that there is nothing here. */
  void unknown() throws IOException {
    refuse(404, "unknown_url", "Unknown request URL: " + line() + ".");
    // It may have been a HEAD, after which no client expects the body that it got.
    connection.close();
  }
}
