package ai.powertools.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example runs to its end and prints what it promises. */
class ExamplesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AnswerAsARecord    | Ada Lovelace, born in 1815
          CallTools          | It is sunny in Paris.
          ChatWithAModel     | 19 tokens, EXACT
          CompareTexts       | the same: 1
          ShowAnImage        | It is all red.
          StreamAnAnswer     | 6 tokens of output
          AuditALog          | unknown: 1 of 4
          BasicRouting       | tried: openai:gpt-5-mini: openai:
          CompareModels      | openai/gpt-5-mini
          ExplainARoute      | the order is the same: true
          ExplainARoute      | calls   {openai:gpt-5-mini=2, openai:gpt-5.4=1}
          RouteByBudget      | $0.002: openai:gpt-5-mini, at most 995 tokens of answer
          RouteByBudget      | $0.00001: nobody was asked.
          RouteWithACascade  | openai:gpt-5-nano would not do: it is no JSON object
          RouteWithAHedge    | tried: anthropic:claude-haiku-4-5 (hedge): answered
          RouteWithFallback  | openai:gpt-5-mini@team-b is OUT authentication
          CostTracking       | Budget "all calls, daily" would be exceeded: spent $0.00
          AuditABill         | 3 of 5 lines agree within $0.01: ours $2.35, billed $5.64
          ForecastTheMonth   | November 2026: $10.28 spent by the 18th
          ForecastTheMonth   | the budget of $18: probably lasts
          RefuseByBudget     | no room for openai/gpt-5.4, openai/gpt-5-mini has it
          RefuseByBudget     | Budget "each user, daily (user=ada)" would be exceeded
          TrackAnOwnClient   | bob: $0.000014 in 3 attempts, and at most $0.0020
          PriceAResponse     | 2 web_searches
          SessionPersistence | Said[who=Ada, what=Bye]
          SessionPersistence | yesterday: English
          OneWriter          | refused: held by the first
          OneWriter          | goes on after: fetch
          ChatThatSurvives   | intact: true
          ChatThatSurvives   | all answers are there: true
          ChatThatSurvives   | messages, with a summary: 7
          ChatThatSurvives   | encrypted anew: true
          LimitCalls         | TOO_LATE, in the way: 6000 tokens per minute
          LimitCalls         | made under a permit
          UrgentCallsFirst   | in 12 s: chat 1, acme 1, chat 2, chat 3, chat 4, zeta 1
          LearnFromAnswers   | learned: 500 requests per minute, 200000 tokens per minute
          LearnFromAnswers   | 150000 tokens left
          LearnFromAnswers   | beside it: false
          LearnFromAnswers   | when it has gone well: true
          LimitsForEachUser  | In the way: 2 calls at once of user "ada"
          LimitsForEachUser  | once more: true
          OneKeyThreeServices | a third each:    460 answers a minute, 0 refused
          OneKeyThreeServices | shared:          601 answers a minute, 0 refused
          Retrying           | answered at last, in 4 attempts
          Retrying           | after attempt 5: 1600 to 3200 ms
          GuardACall         | 106 s      breaker: OPEN to HALF_OPEN
          GuardACall         | 31 calls, 12 answered by the model, 19 by the cache, none failed
          HedgeSlowCalls     | without a hedge    1.5 s  20.0 s   20.0 s    2000            0
          HedgeSlowCalls     | with a hedge       1.5 s   3.5 s   20.0 s    2150          150
          RetryBudgets       | attempts per call while it is down: 4.89 without, 1.11 with
          DeadlinesThatPropagate | summary: given up by the DEADLINE, 1000 ms left
          DeadlinesThatPropagate | another thread: 8000 ms left
          OutageNobodyNotices | both down  1 attempt, degraded: We will write to you by tomorrow.
          OutageNobodyNotices | requests to the first provider: 11
          StructuredLogging  | api_call
          SummarizeOffline   | cost      $0.00 (exact)
          WarmALocalModel    | Rayleigh scattering.
          WholeCall          | 2 attempts: failed $0.00, succeeded $0.0000135
          WorkflowSteps      | Hello world [6]
          """)
  void runs(String example, String printed) throws ReflectiveOperationException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      Class.forName("ai.powertools.examples." + example)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains(printed)
        .doesNotContain("not reached")
        .doesNotContain("sk-0123456789");
  }
}
