package ai.powertools.examples;

import ai.powertools.cost.Attempt;
import ai.powertools.cost.Attribution;
import ai.powertools.cost.CallSpan;
import ai.powertools.cost.CostTracker;
import ai.powertools.cost.LedgerEntry;
import ai.powertools.cost.Outcome;
import ai.powertools.cost.SpendingBy;
import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A client of one's own, whatever it speaks to: its raw responses are priced and written down. */
public final class TrackAnOwnClient {
  private static final int MAX_OUTPUT = 1_000;

  /** In its place: your HTTP client, or a vendor's SDK that hands out the body. */
  private interface Client {
    String post(String model, String prompt, int maxOutput) throws IOException;
  }

  private final CostTracker tracker;
  private final Client client;

  private TrackAnOwnClient(CostTracker tracker, Client client) {
    this.tracker = tracker;
    this.client = client;
  }

  public static void main(String[] arguments) {
    // CostTracker.builder().at(Path.of("costs.db")) keeps it, for all processes of the machine.
    try (CostTracker tracker = CostTracker.builder().build()) {
      TrackAnOwnClient service = new TrackAnOwnClient(tracker, vendors());
      // Who asks is said once, at the door; whatever is called behind it is theirs.
      try (Attribution.Scope door = Attribution.with("team", "search")) {
        door.and("user", "ada");
        service.ask("code_gen", "gpt-5-mini", "Merge two sorted lists, in Java.");
        service.ask("summary", "claude-haiku-4-5", "Sum this up: …");
        door.and("user", "bob");
        service.ask("summary", "gpt-5-mini", "Sum this up: …");
        service.ask("summary", "gpt-5-mini", "Sum this up: …");
        service.cancelledStream("code_gen", "gpt-5-mini", "A parser for CSV, in Java.");
      }

      System.out.println();
      tracker.recent(10).forEach(TrackAnOwnClient::print);
      System.out.println();
      for (SpendingBy user : tracker.by("user")) {
        System.out.println(user.key() + ": " + user.spending());
      }
      System.out.println("in all: " + tracker.total());
    }
  }

  private void ask(String task, String model, String prompt) {
    long bound = 3L * prompt.length() + 100; // no token is less than a byte of UTF-8
    try (CallSpan span = tracker.trackCall(task).model(model).tokens(bound, MAX_OUTPUT).start()) {
      try {
        span.response(client.post(span.model().id(), prompt, MAX_OUTPUT));
        System.out.println("answered: " + task + " for " + span.total());
      } catch (ConnectException e) {
        // It was never sent, so it certainly cost nothing.
        span.record(Attempt.failed().used(Usage.ZERO, Certainty.EXACT));
        System.out.println("no connection: " + e.getMessage());
      } catch (IOException e) {
        // Sent and never answered: nobody knows, and that is what is written down.
        span.record(Attempt.failed());
        System.out.println("no answer: " + e.getMessage());
      }
    }
  }

  /** What a stream used is in its last event; one that is cut before it has to be estimated. */
  private void cancelledStream(String task, String model, String prompt) {
    try (CallSpan span = tracker.trackCall(task).model(model).start()) {
      String received = "public final class CsvParser {";
      span.estimate(Outcome.CANCELLED, prompt, received);
    }
  }

  private static void print(LedgerEntry entry) {
    System.out.printf(
        "%-9s %-9s %-26s %s (%s)%n",
        entry.outcome(),
        entry.task(),
        entry.model(),
        entry.cost().map(Usd::format).orElse("unknown"),
        entry.certainty());
  }

  /** Answers as the vendors give them, each in its own form, and two failures. */
  private static Client vendors() {
    Deque<String> openAi =
        new ArrayDeque<>(
            List.of(
                """
                {"model":"gpt-5-mini-2025-08-07","choices":[{"finish_reason":"stop"}],
                 "usage":{"prompt_tokens":1200,"completion_tokens":350,
                  "prompt_tokens_details":{"cached_tokens":1024}}}
                """));
    Deque<IOException> failures =
        new ArrayDeque<>(
            List.of(new ConnectException("refused"), new IOException("the line went dead")));
    return (model, prompt, maxOutput) -> {
      if (model.startsWith("claude")) {
        return """
        {"type":"message","model":"claude-haiku-4-5","stop_reason":"max_tokens",
         "usage":{"input_tokens":20,"cache_read_input_tokens":3000,"output_tokens":1000}}
        """;
      }
      if (openAi.isEmpty()) {
        throw failures.remove();
      }
      return openAi.remove();
    };
  }
}
