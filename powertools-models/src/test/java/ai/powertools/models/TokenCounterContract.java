package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The laws of every counter; the test of a provider's counter extends this. */
abstract class TokenCounterContract {
  private static final int CASES = RandomInput.size("powertools.counter.cases", 50);

  /** The counter under test. */
  abstract TokenCounter counter();

  @Test
  void countsNoTextAsNoTokens() {
    assertThat(counter().count("").tokens()).isZero();
  }

  @Test
  void neverBoundsBelowTheCount() {
    RandomInput.check(
        CASES,
        input -> {
          TokenCount text = counter().count(input.text(200));
          TokenCount prompt = counter().count(messages(input), tools(input));

          assertThat(text.atMost()).isGreaterThanOrEqualTo(text.tokens());
          assertThat(prompt.atMost()).isGreaterThanOrEqualTo(prompt.tokens());
        });
  }

  @Test
  void countsMessagesAsNoLessThanTheirTexts() {
    RandomInput.check(
        CASES,
        input -> {
          List<PromptMessage> messages = messages(input);
          long texts = messages.stream().mapToLong(m -> counter().count(m.text()).tokens()).sum();

          assertThat(counter().count(messages, List.of()).tokens()).isGreaterThanOrEqualTo(texts);
        });
  }

  @Test
  void neverCountsLessWithOneToolMore() {
    RandomInput.check(
        CASES,
        input -> {
          List<PromptMessage> messages = messages(input);
          TokenCount before = counter().count(messages, List.of());
          List<PromptTool> tools = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            tools.add(tool(input));
            TokenCount after = counter().count(messages, tools);
            assertThat(after.tokens()).isGreaterThanOrEqualTo(before.tokens());
            assertThat(after.atMost()).isGreaterThanOrEqualTo(before.atMost());
            before = after;
          }
        });
  }

  @Test
  void countsTheSameAgain() {
    RandomInput.check(
        CASES,
        input -> {
          List<PromptMessage> messages = messages(input);
          List<PromptTool> tools = tools(input);

          assertThat(counter().count(messages, tools)).isEqualTo(counter().count(messages, tools));
        });
  }

  @Test
  void countsTheSameForAllThreads() throws Exception {
    RandomInput input = RandomInput.seeded();
    List<PromptMessage> messages = messages(input);
    List<PromptTool> tools = tools(input);
    TokenCounter counter = counter();
    TokenCount expected = counter.count(messages, tools);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<TokenCount>> counts =
          IntStream.range(0, 64)
              .<Callable<TokenCount>>mapToObj(i -> () -> counter.count(messages, tools))
              .toList();
      for (Future<TokenCount> count : threads.invokeAll(counts)) {
        assertThat(count.get()).as(input.toString()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<PromptMessage> messages(RandomInput input) {
    return input.lists(
        5,
        () -> {
          String role = input.oneOf("system", "user", "assistant", "tool", "developer");
          PromptMessage user = PromptMessage.user(input.text(100));
          PromptMessage message = new PromptMessage(role, user.text(), user.name());
          return input.chance(0.2) ? message.named("n" + input.text(10)) : message;
        });
  }

  private static List<PromptTool> tools(RandomInput input) {
    return input.lists(3, () -> tool(input));
  }

  private static PromptTool tool(RandomInput input) {
    return PromptTool.of("t" + input.text(10), input.text(60), PromptSchemas.random(input));
  }
}
