package ai.powertools.models;

import org.junit.jupiter.api.Nested;

/** Our own counters keep the contract: one of each way to count. */
class TokenCounterContractTest {
  @Nested
  class OfGpt4o extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return TokenCounter.of(Tokenizer.O200K_BASE);
    }
  }

  @Nested
  class OfGpt4 extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return TokenCounter.of(Tokenizer.CL100K_BASE);
    }
  }

  @Nested
  class OfGpt3 extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return TokenCounter.of(Tokenizer.R50K_BASE);
    }
  }

  @Nested
  class OfOpenWeights extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return TokenCounter.of(Tokenizer.O200K_HARMONY);
    }
  }

  @Nested
  class OfClaude extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return TokenCounter.of(Tokenizer.CLAUDE_4_7);
    }
  }

  @Nested
  class OfGemini extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return TokenCounter.of(Tokenizer.GEMINI);
    }
  }

  @Nested
  class OfWords extends TokenCounterContract {
    @Override
    TokenCounter counter() {
      return TokenCounter.of(Tokenizer.WORDS);
    }
  }
}
