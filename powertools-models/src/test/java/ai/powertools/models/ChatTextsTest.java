package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.testing.RandomInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTextsTest {
  @Test
  void givesEveryCountersOwnCountOfAnyConversation() {
    RandomInput.check(
        200,
        input -> {
          List<String> contents = new ArrayList<>();
          int messages = input.ints(1, 5);
          for (int i = 0; i < messages; i++) {
            contents.add(input.text(120));
          }
          ChatTexts texts = ChatTexts.of(contents);
          for (Tokenizer tokenizer : Tokenizer.values()) {
            TokenCounter counter = TokenCounter.of(tokenizer);
            assertThat(texts.tokens(counter))
                .as("%s of %s", tokenizer, contents)
                .isEqualTo(counter.countChat(contents));
          }
        });
  }

  @Test
  void asksACounterOfOnesOwnForItsCount() {
    TokenCounter letters =
        new TokenCounter() {
          @Override
          public TokenCount count(String text) {
            return TokenCount.exactly(text.length());
          }

          @Override
          public TokenCount countChat(List<String> contents) {
            return contents.stream().map(this::count).reduce(TokenCount::plus).orElseThrow();
          }

          @Override
          public TokenCount count(List<PromptMessage> messages, List<PromptTool> tools) {
            throw new UnsupportedOperationException("not asked here");
          }
        };

    assertThat(ChatTexts.of(List.of("one", "two")).tokens(letters))
        .isEqualTo(TokenCount.exactly(6));
  }
}
