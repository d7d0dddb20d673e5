package ai.powertools.router;

import ai.powertools.core.Deadline;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What all layers of one call share. Safe for use by many threads. */
public final class Call {
  private final String id;
  private final Deadline deadline;
  private final @Nullable StreamListener listener;
  private final @Nullable Candidate candidate;
  private final Map<Attribute<?>, Object> attributes;

  private Call(
      String id,
      Deadline deadline,
      @Nullable StreamListener listener,
      @Nullable Candidate candidate,
      Map<Attribute<?>, Object> attributes) {
    this.id = id;
    this.deadline = deadline;
    this.listener = listener;
    this.candidate = candidate;
    this.attributes = attributes;
  }

  static Call begin(Deadline deadline, @Nullable StreamListener listener) {
    return new Call(
        UUID.randomUUID().toString(), deadline, listener, null, new ConcurrentHashMap<>());
  }

  /** Unique among all calls. */
  public String id() {
    return id;
  }

  /** By when the answer is wanted; one for all layers and attempts. */
  public Deadline deadline() {
    return deadline;
  }

  /** Who is told of the text as it arrives, if anybody is. */
  public Optional<StreamListener> listener() {
    return Optional.ofNullable(listener);
  }

  /** The model that is being tried; empty outside of the choice. */
  public Optional<Candidate> candidate() {
    return Optional.ofNullable(candidate);
  }

  /** What was left under an attribute. */
  public <T> Optional<T> get(Attribute<T> attribute) {
    return Optional.ofNullable(attributes.get(attribute)).map(attribute::cast);
  }

  /** Leaves something for the other layers, in the place of what was there. */
  public <T> void put(Attribute<T> attribute, T value) {
    attributes.put(attribute, value);
  }

  Call with(Candidate chosen) {
    return new Call(id, deadline, listener, chosen, attributes);
  }

  Call with(StreamListener other) {
    return new Call(id, deadline, other, candidate, attributes);
  }
}
