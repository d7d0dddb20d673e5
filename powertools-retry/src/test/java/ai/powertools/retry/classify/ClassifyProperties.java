package ai.powertools.retry.classify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Laws of the ready-made classifiers, over failures that nobody thought of. */
class ClassifyProperties {
  private static final int ROUNDS = Integer.getInteger("powertools.retry.cases", 4_000);
  private static final String SECRET = "sk-live-0123456789abcdef";
  private static final List<String> HEADERS =
      List.of(
          "Retry-After",
          "retry-after-ms",
          "x-should-retry",
          "x-ratelimit-remaining-tokens",
          "x-ratelimit-reset-tokens",
          "RateLimit",
          "x-amzn-errortype",
          "authorization");
  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "12",
          "1e9",
          "99999999999999999999",
          "true",
          "false",
          "6m0s",
          "Fri, 27 Nov 2026 10:00:30 GMT",
          "\"burst\";r=0;t=5",
          "ThrottlingException:http://x",
          SECRET);
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "\\",
          "\\u12",
          "\u0000",
          "\uD800",
          "null",
          "true",
          "-",
          "1e999999",
          "429",
          "0.1",
          "\"error\"",
          "\"code\"",
          "\"type\"",
          "\"message\"",
          "\"details\"",
          "\"retryDelay\"",
          "\"estimated_time\"",
          "\"status\"",
          "\"36s\"",
          "\"insufficient_quota\"",
          "\"rate_limit_exceeded\"",
          "\"overloaded_error\"",
          "\"RESOURCE_EXHAUSTED\"",
          "please try again in 20s",
          "limit: 0,",
          "perday",
          SECRET);

  private long seed;
  private SplittableRandom random = new SplittableRandom(0);

  @BeforeEach
  void seed() {
    seed = Long.getLong("powertools.seed", System.nanoTime());
    System.out.println("ClassifyProperties: -Dpowertools.seed=" + seed);
    random = new SplittableRandom(seed);
  }

  @Test
  void garbageIsJudgedWithoutAThrowASecretOrANonsensicalWait() {
    List<LlmErrors> judges =
        new ArrayList<>(LlmErrors.vendors().stream().map(LlmErrors::vendor).toList());
    judges.add(LlmErrors.standard());
    for (int round = 0; round < ROUNDS; round++) {
      HttpFailure failure = garbage();
      check(judges.get(random.nextInt(judges.size())).verdict(failure));
      check(HttpErrors.classifier(Failing::of).classify(new Failing(failure)));
      LlmErrors.standard()
          .results(Failing::of)
          .classify(new Failing(failure))
          .ifPresent(this::check);
      assertThat(failure.toString()).as("seed %d", seed).doesNotContain(SECRET);
    }
  }

  @Test
  void realBodiesThatWereDamagedAreJudgedToo() {
    List<LlmCase> cases = LlmCase.all();
    for (int round = 0; round < ROUNDS; round++) {
      LlmCase one = cases.get(random.nextInt(cases.size()));
      String body = damaged(one.failure().body());
      HttpFailure failure = HttpFailure.of(one.failure().status(), headers(), body);
      check(LlmErrors.vendor(one.vendor()).verdict(failure));
    }
  }

  @Test
  void anyCodesOfDatabasesAreJudged() {
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder state = new StringBuilder();
      for (int i = random.nextInt(7); i > 0; i--) {
        state.append((char) random.nextInt(32, 127));
      }
      SQLException error = new SQLException(SECRET, state.toString(), random.nextInt());
      check(JdbcErrors.classifier().classify(error));
    }
  }

  private void check(Verdict verdict) {
    assertThat(verdict.reason()).as("seed %d", seed).doesNotContain(SECRET);
    if (verdict.retryable()) {
      assertThat(verdict.retryAfter().orElse(Duration.ZERO))
          .as("seed %d", seed)
          .isBetween(Duration.ZERO, Duration.ofDays(31));
    } else {
      assertThat(verdict.retryAfter()).as("seed %d", seed).isEmpty();
    }
  }

  private HttpFailure garbage() {
    int status = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(100, 600);
    StringBuilder body = new StringBuilder(random.nextBoolean() ? "{" : "");
    for (int i = random.nextInt(40); i > 0; i--) {
      body.append(pick(PIECES));
    }
    return HttpFailure.of(status, headers(), body.toString());
  }

  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      headers.put(pick(HEADERS), List.of(pick(VALUES)));
    }
    return headers;
  }

  private String damaged(String body) {
    StringBuilder damaged = new StringBuilder(body);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(damaged.length() + 1);
      if (random.nextBoolean()) {
        damaged.insert(at, pick(PIECES));
      } else {
        damaged.setLength(at);
      }
    }
    return damaged.toString();
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
