package ai.powertools.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is to answer, in no vendor's words: {@link ProviderSimulator} says it in the dialect
 * of the request. What a vendor has no words for is left out.
 *
 * @param text may be empty
 * @param reasoning what the model thought before, empty if nothing; OpenAI's chat completions never
 *     show it, its Responses show it as a summary
 * @param toolCalls may be empty
 * @param finish why it ended
 * @param usage null to have words counted
 * @param servedModel the model that claims to have answered; null for the one that was asked for
 * @param serviceTier null for none
 */
public record SimulatedAnswer(
    String text,
    String reasoning,
    List<ToolCall> toolCalls,
    Finish finish,
    @Nullable SimulatedUsage usage,
    @Nullable String servedModel,
    @Nullable String serviceTier) {

  /** An answer with a copy of the tool calls. */
  public SimulatedAnswer {
    toolCalls = List.copyOf(toolCalls);
  }

  /** Why an answer ended. */
  public enum Finish {
    /** The model was done. */
    STOP,
    /** The limit of tokens was reached. */
    LENGTH,
    /** The model waits for results of tools. */
    TOOL_CALLS,
    /**
     * A filter of the vendor's stopped it. At Gemini an answer without text is a prompt that was
     * blocked, and one with text a candidate that was.
     */
    CONTENT_FILTER,
    /** The model refused; the text says so. Where a vendor has no such thing, it just stopped. */
    REFUSAL,
    /** Anthropic's long turn that is to be continued; elsewhere, the model just stopped. */
    PAUSE_TURN
  }

  /**
   * A wish of the model to have a tool called.
   *
   * @param name of the tool
   * @param arguments JSON, normally an object. Anything else is what a confused model writes: it is
   *     sent as it is where arguments are text (OpenAI, and streams of Anthropic), and as an empty
   *     object where they are JSON
   */
  public record ToolCall(String name, String arguments) {}

  /** An answer of text. */
  public static SimulatedAnswer of(String text) {
    return builder().text(text).build();
  }

  /** One to be described. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of an answer. For one thread. */
  public static final class Builder {
    private String text = "";
    private String reasoning = "";
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private @Nullable Finish finish;
    private @Nullable SimulatedUsage usage;
    private @Nullable String servedModel;
    private @Nullable String serviceTier;

    private Builder() {}

    /** The text; empty by default. */
    public Builder text(String said) {
      text = said;
      return this;
    }

    /** What was thought before it; nothing by default. */
    public Builder reasoning(String thought) {
      reasoning = thought;
      return this;
    }

    /** One more tool call, with its arguments in JSON. */
    public Builder toolCall(String name, String arguments) {
      toolCalls.add(new ToolCall(name, arguments));
      return this;
    }

    /** Why it ended; by default for its tool calls, or because it was done if it has none. */
    public Builder finish(Finish reason) {
      finish = reason;
      return this;
    }

    /** The tokens; by default words are counted. */
    public Builder usage(SimulatedUsage used) {
      usage = used;
      return this;
    }

    /** The model that claims to have answered; by default the one that was asked for. */
    public Builder servedModel(String model) {
      servedModel = model;
      return this;
    }

    /** The service tier that OpenAI and Anthropic report; by default none. */
    public Builder serviceTier(String tier) {
      serviceTier = tier;
      return this;
    }

    /** The answer. */
    public SimulatedAnswer build() {
      Finish reason = finish;
      if (reason == null) {
        reason = toolCalls.isEmpty() ? Finish.STOP : Finish.TOOL_CALLS;
      }
      return new SimulatedAnswer(
          text, reasoning, toolCalls, reason, usage, servedModel, serviceTier);
    }
  }
}
