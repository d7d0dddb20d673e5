package ai.powertools.orchestrator;

import ai.powertools.ratelimit.Priority;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Content;
import ai.powertools.router.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something to be asked: a request, and what the layers around it need to know. Immutable.
 *
 * @param request what is asked, without what was said before
 * @param session the session whose conversation this continues; empty for none
 * @param timeout how long the answer may take, all attempts and waits included; empty for the
 *     orchestrator's own limit
 * @param priority how urgent it is among those that wait for a provider's limits
 */
public record Question(
    ChatRequest request, Optional<String> session, Optional<Duration> timeout, Priority priority) {

  /** Refuses a blank session and a timeout that leaves no time. */
  public Question {
    session.ifPresent(
        id -> {
          if (id.isBlank()) {
            throw new IllegalArgumentException("A session needs a name that is not blank.");
          }
        });
    timeout.ifPresent(
        span -> {
          if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException("A timeout must be positive, not " + span);
          }
        });
  }

  /** One of normal urgency. */
  public Question(ChatRequest request, Optional<String> session, Optional<Duration> timeout) {
    this(request, session, timeout, Priority.NORMAL);
  }

  /** A plain question. */
  public static Question of(String text) {
    return builder(text).build();
  }

  /** A request made elsewhere. */
  public static Question of(ChatRequest request) {
    return new Question(request, Optional.empty(), Optional.empty());
  }

  /** The same question, so urgent. */
  public Question priority(Priority priority) {
    return new Question(request, session, timeout, priority);
  }

  /** A question to be filled. */
  public static Builder builder(String text) {
    return new Builder(text);
  }

  /** Fills a question. For one thread. */
  public static final class Builder {
    private final List<Content> content = new ArrayList<>();
    private final ChatRequest.Builder request = ChatRequest.builder();
    private Optional<String> session = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private Priority priority = Priority.NORMAL;

    private Builder(String text) {
      if (!text.isEmpty()) {
        content.add(new Content.Text(text));
      }
    }

    /** A text that the question is about. */
    public Builder document(String name, String text) {
      content.add(new Content.Document(name, text));
      return this;
    }

    /** A rule that comes before the conversation. */
    public Builder system(String text) {
      request.system(text);
      return this;
    }

    /** What the call is for; costs are reported by it. */
    public Builder task(String task) {
      request.task(task);
      return this;
    }

    /** Lets only this model answer. */
    public Builder model(String name) {
      request.model(name);
      return this;
    }

    /** Bounds the answer, and with it what it can cost. */
    public Builder maxOutputTokens(int tokens) {
      request.maxOutputTokens(tokens);
      return this;
    }

    /** Keeps the text on this machine. */
    public Builder localOnly() {
      request.localOnly(true);
      return this;
    }

    /** Continues the conversation of a session, and adds to it. */
    public Builder session(String id) {
      this.session = Optional.of(id);
      return this;
    }

    /** How long the answer may take in all. */
    public Builder timeout(Duration timeout) {
      this.timeout = Optional.of(timeout);
      return this;
    }

    /**
     * How urgent it is among those that wait for a provider's limits; {@link Priority#NORMAL}
     * without this. {@link Priority#LOW} leaves room for people while a batch runs.
     */
    public Builder priority(Priority priority) {
      this.priority = priority;
      return this;
    }

    /**
     * The question.
     *
     * @throws IllegalArgumentException if there is neither a text nor a document
     */
    public Question build() {
      if (content.isEmpty()) {
        throw new IllegalArgumentException("A question needs a text or a document.");
      }
      request.message(Message.user(content.toArray(Content[]::new)));
      return new Question(request.build(), session, timeout, priority);
    }
  }
}
