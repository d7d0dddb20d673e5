package ai.powertools.models;

import java.util.List;
import java.util.function.Function;

/** How many tokens the tools of a prompt are, given what counts the tokens of a text. */
@FunctionalInterface
interface ToolTemplate {

  /** For one tool at least; without tools nothing is added. */
  TokenCount of(List<PromptTool> tools, Function<String, TokenCount> text);

  /** Not counted by the built-in provider. */
  ToolTemplate NONE = (tools, text) -> TokenCount.exactly(0);

  /**
   * GPT-4o and later, see {@link OpenAiTools}; also taken for the open-weight models, whose harmony
   * format declares tools much alike, though nobody publishes their numbers.
   */
  ToolTemplate GPT_4O = new OpenAiTools(7);

  /** GPT-4 and GPT-3.5, see {@link OpenAiTools}. */
  ToolTemplate GPT_4 = new OpenAiTools(10);

  /**
   * Claude up to 4.6: the JSON of the tools, and a system prompt that Anthropic adds. Its page <a
   * href="https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview">Tool use with
   * Claude</a> gives 497 tokens for Opus and Sonnet 4.6 and 496 for Opus, Sonnet and Haiku 4.5 when
   * the choice is {@code auto} or {@code none}, 589 and 588 when it is {@code any} or {@code tool};
   * 313 and 315 for Opus 4.1, Opus 4 and Sonnet 4; 264 and 355 for Haiku 3.5. (Before it was
   * revised the same page gave 346 and 313 for all of Claude 4 and 3.7, and 530 and 281 for Claude
   * 3 Opus.) The estimate is that of 4.6 for {@code auto}, the bound the largest of them.
   */
  ToolTemplate CLAUDE = new JsonTools(497, 589, 8, 32);

  /**
   * Claude from Opus 4.7, by the same page: 675 and 804 tokens for Opus 4.7, 354 and 474 for Sonnet
   * 5, 290 and 410 for Opus 4.8. The estimate is the middle one for {@code auto}, the bound the
   * largest.
   */
  ToolTemplate CLAUDE_4_7 = new JsonTools(354, 804, 8, 32);

  /**
   * Where no numbers are published, as for Gemini, Llama, Mistral and Qwen: the JSON of the tools,
   * and room for the instructions that a chat template puts before them. All constants are ours,
   * and the margin is wide.
   */
  ToolTemplate UNPUBLISHED = new JsonTools(64, 512, 8, 64);

  /**
   * Tools written into the prompt as JSON, under a prompt of their own.
   *
   * @param perRequest tokens of that prompt
   * @param perRequestAtMost its bound
   * @param perTool tokens around each tool
   * @param marginPerTool what {@code perTool} may be short of
   */
  record JsonTools(int perRequest, int perRequestAtMost, int perTool, int marginPerTool)
      implements ToolTemplate {
    @Override
    public TokenCount of(List<PromptTool> tools, Function<String, TokenCount> text) {
      TokenCount sum = TokenCount.about(perRequest, perRequestAtMost);
      for (PromptTool tool : tools) {
        sum = sum.plus(text.apply(tool.json()));
        sum = sum.plus(TokenCount.about(perTool, perTool + marginPerTool));
      }
      return sum;
    }
  }
}
