package ai.powertools.router;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is asked of a model. Immutable.
 *
 * @param messages the conversation so far, the last one to be answered; at least one
 * @param model the one model that may answer, by any of its names; empty to let the router choose
 * @param options how to answer
 * @param tools what the model may ask the application to do
 * @param toolChoice whether it is to
 * @param responseFormat the form of the answer
 * @param task what the call is for: {@code chat}, {@code summarize}, {@code key_points}, {@code
 *     answer}, or a name of one's own; costs are reported by it
 * @param localOnly whether the text must not leave the machine
 */
public record ChatRequest(
    List<Message> messages,
    Optional<String> model,
    ChatOptions options,
    List<Tool> tools,
    ToolChoice toolChoice,
    ResponseFormat responseFormat,
    String task,
    boolean localOnly) {

  /** What a request is for when nothing else is said. */
  public static final String CHAT = "chat";

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are no messages, a name is blank, two tools have one
   *     name, or a tool is to be called that is not there
   */
  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("A request needs at least one message.");
    }
    if (model.isPresent() && model.get().isBlank()) {
      throw new IllegalArgumentException("The model that may answer needs a name.");
    }
    if (task.isBlank()) {
      throw new IllegalArgumentException("A task needs a name.");
    }
    Set<String> names = new HashSet<>();
    for (Tool tool : tools) {
      if (!names.add(tool.name())) {
        throw new IllegalArgumentException("Two tools have the name " + tool.name() + ".");
      }
    }
    if (toolChoice instanceof ToolChoice.Named named && !names.contains(named.tool())) {
      throw new IllegalArgumentException(
          "The tool to be called, " + named.tool() + ", is not among the tools " + names + ".");
    }
    if (toolChoice == ToolChoice.REQUIRED && tools.isEmpty()) {
      throw new IllegalArgumentException("A tool is to be called, but there are no tools.");
    }
  }

  /** One question of the person. */
  public static ChatRequest of(String question) {
    return builder().user(question).build();
  }

  /** An empty request to be filled. */
  public static Builder builder() {
    return new Builder();
  }

  /** This request, to be changed. */
  public Builder toBuilder() {
    Builder builder = builder().messages(messages).tools(tools).task(task).localOnly(localOnly);
    builder.model = model;
    builder.options = options.toBuilder();
    builder.toolChoice = toolChoice;
    builder.responseFormat = responseFormat;
    return builder;
  }

  /** The same with these messages at the end, as for the results of tools. */
  public ChatRequest and(Message... more) {
    Builder builder = toBuilder();
    for (Message message : more) {
      builder.message(message);
    }
    return builder.build();
  }

  /** The same, which any model may answer. */
  ChatRequest withoutModel() {
    return model.isEmpty()
        ? this
        : new ChatRequest(
            messages,
            Optional.empty(),
            options,
            tools,
            toolChoice,
            responseFormat,
            task,
            localOnly);
  }

  /** The most that the answer may take; empty for the model's own limit. */
  public OptionalInt maxOutputTokens() {
    return options.maxOutputTokens();
  }

  /** How freely the model may choose its words; empty for the vendor's default. */
  public OptionalDouble temperature() {
    return options.temperature();
  }

  /** The documents of all messages, in order. */
  public List<Content.Document> documents() {
    return messages.stream().flatMap(message -> message.documents().stream()).toList();
  }

  /** Whether any message has a part of this kind. */
  public boolean has(Class<? extends Content> kind) {
    for (Message message : messages) {
      if (message.has(kind)) {
        return true;
      }
    }
    return false;
  }

  /** Fills a request. For one thread. */
  public static final class Builder {
    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private Optional<String> model = Optional.empty();
    private ChatOptions.Builder options = new ChatOptions.Builder();
    private ToolChoice toolChoice = ToolChoice.AUTO;
    private ResponseFormat responseFormat = ResponseFormat.TEXT;
    private String task = CHAT;
    private boolean localOnly;

    private Builder() {}

    /** Adds a message. */
    public Builder message(Message message) {
      messages.add(message);
      return this;
    }

    /** Takes these messages in the place of those so far. */
    public Builder messages(List<Message> all) {
      messages.clear();
      messages.addAll(all);
      return this;
    }

    /** Adds something that the person says. */
    public Builder user(String text) {
      return message(Message.user(text));
    }

    /** Adds something that the person says, in parts. */
    public Builder user(Content... content) {
      return message(Message.user(content));
    }

    /** Adds a rule that the application sets. */
    public Builder system(String text) {
      return message(Message.system(text));
    }

    /** Lets only this model answer. */
    public Builder model(String name) {
      this.model = Optional.of(name);
      return this;
    }

    /** Adds a tool. */
    public Builder tool(Tool tool) {
      tools.add(tool);
      return this;
    }

    /** Takes these tools in the place of those so far. */
    public Builder tools(List<Tool> all) {
      tools.clear();
      tools.addAll(all);
      return this;
    }

    /** Whether tools are to be called. */
    public Builder toolChoice(ToolChoice choice) {
      this.toolChoice = choice;
      return this;
    }

    /** The form of the answer. */
    public Builder responseFormat(ResponseFormat format) {
      this.responseFormat = format;
      return this;
    }

    /** Bounds the answer, thoughts included. */
    public Builder maxOutputTokens(int tokens) {
      options.maxOutputTokens = OptionalInt.of(tokens);
      return this;
    }

    /** How freely the model may choose its words, 0 to 2. */
    public Builder temperature(double temperature) {
      options.temperature = OptionalDouble.of(temperature);
      return this;
    }

    /** The share of likelihood that words are chosen from, above 0 to 1. */
    public Builder topP(double share) {
      options.topP = OptionalDouble.of(share);
      return this;
    }

    /** Ends the answer before any of these texts. */
    public Builder stop(String... texts) {
      options.stop = List.of(texts);
      return this;
    }

    /** Asks for the same answer to the same request. */
    public Builder seed(long seed) {
      options.seed = OptionalLong.of(seed);
      return this;
    }

    /** How much to think. */
    public Builder reasoning(ReasoningEffort effort) {
      options.reasoning = Optional.of(effort);
      return this;
    }

    /** The vendor's word for how it is to be served, as in {@code flex}. */
    public Builder serviceTier(String tier) {
      options.serviceTier = Optional.of(tier);
      return this;
    }

    /** A stable name of whoever asks, not a personal one, for the vendor's abuse detection. */
    public Builder forUser(String id) {
      options.user = Optional.of(id);
      return this;
    }

    /** Adds a label for the vendor's console. */
    public Builder metadata(String key, String value) {
      options.metadata.put(key, value);
      return this;
    }

    /** Lets requests with the same key share a cached beginning. */
    public Builder cacheKey(String key) {
      options.cacheKey = Optional.of(key);
      return this;
    }

    /**
     * Adds something of the vendor's own to the body of the request.
     *
     * @param value text, number, boolean, list, map, or Jackson's tree
     */
    public Builder extra(String name, Object value) {
      options.extras.put(name, value);
      return this;
    }

    /** Takes these options in the place of those so far. */
    public Builder options(ChatOptions options) {
      this.options = options.toBuilder();
      return this;
    }

    /** Says what the call is for. */
    public Builder task(String task) {
      this.task = task;
      return this;
    }

    /** Whether the text must not leave the machine. */
    public Builder localOnly(boolean localOnly) {
      this.localOnly = localOnly;
      return this;
    }

    /** The request. */
    public ChatRequest build() {
      return new ChatRequest(
          messages, model, options.build(), tools, toolChoice, responseFormat, task, localOnly);
    }
  }
}
