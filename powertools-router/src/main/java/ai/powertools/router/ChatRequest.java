package ai.powertools.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is asked of a model. Immutable.
 *
 * @param messages the conversation so far, the last one to be answered; at least one
 * @param model the one model that may answer, by any of its names; empty to let the router choose
 * @param maxOutputTokens the most that the answer may take; empty for the model's own limit
 * @param temperature how freely the model may choose its words; empty for the vendor's default
 * @param task what the call is for: {@code chat}, {@code summarize}, {@code key_points}, {@code
 *     answer}, or a name of one's own; costs are reported by it
 * @param localOnly whether the text must not leave the machine
 */
public record ChatRequest(
    List<Message> messages,
    Optional<String> model,
    OptionalInt maxOutputTokens,
    OptionalDouble temperature,
    String task,
    boolean localOnly) {

  /** What a request is for when nothing else is said. */
  public static final String CHAT = "chat";

  /**
   * Copies the messages.
   *
   * @throws IllegalArgumentException if there are none, a name is blank, maxOutputTokens is below
   *     1, or temperature is not within 0 and 2
   */
  public ChatRequest {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("A request needs at least one message.");
    }
    if (model.isPresent() && model.get().isBlank()) {
      throw new IllegalArgumentException("The model that may answer needs a name.");
    }
    if (maxOutputTokens.isPresent() && maxOutputTokens.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "maxOutputTokens must be at least 1, not " + maxOutputTokens.getAsInt());
    }
    if (temperature.isPresent()
        && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() <= 2)) {
      throw new IllegalArgumentException(
          "temperature must be between 0 and 2, not " + temperature.getAsDouble());
    }
    if (task.isBlank()) {
      throw new IllegalArgumentException("A task needs a name.");
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
    Builder builder = builder().messages(messages).task(task).localOnly(localOnly);
    builder.model = model;
    builder.maxOutputTokens = maxOutputTokens;
    builder.temperature = temperature;
    return builder;
  }

  /** The documents of all messages, in order. */
  public List<Content.Document> documents() {
    return messages.stream().flatMap(message -> message.documents().stream()).toList();
  }

  /** Fills a request. For one thread. */
  public static final class Builder {
    private final List<Message> messages = new ArrayList<>();
    private Optional<String> model = Optional.empty();
    private OptionalInt maxOutputTokens = OptionalInt.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
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

    /** Adds a rule that the application sets. */
    public Builder system(String text) {
      return message(Message.system(text));
    }

    /** Lets only this model answer. */
    public Builder model(String name) {
      this.model = Optional.of(name);
      return this;
    }

    /** Bounds the answer. */
    public Builder maxOutputTokens(int tokens) {
      this.maxOutputTokens = OptionalInt.of(tokens);
      return this;
    }

    /** How freely the model may choose its words, 0 to 2. */
    public Builder temperature(double temperature) {
      this.temperature = OptionalDouble.of(temperature);
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
      return new ChatRequest(messages, model, maxOutputTokens, temperature, task, localOnly);
    }
  }
}
