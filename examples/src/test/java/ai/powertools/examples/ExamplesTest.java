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
          PriceAResponse     | 2 web_searches
          SessionPersistence | Said[who=Ada, what=Bye]
          RateLimiting       | openai
          Retrying           | answered at last
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
