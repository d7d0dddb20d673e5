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
  private final @Nullable Call outer;

  private Call(
      String id,
      Deadline deadline,
      @Nullable StreamListener listener,
      @Nullable Candidate candidate,
      Map<Attribute<?>, Object> attributes,
      @Nullable Call outer) {
    this.id = id;
    this.deadline = deadline;
    this.listener = listener;
    this.candidate = candidate;
    this.attributes = attributes;
    this.outer = outer;
  }

  static Call begin(Deadline deadline, @Nullable StreamListener listener) {
    return new Call(
        UUID.randomUUID().toString(), deadline, listener, null, new ConcurrentHashMap<>(2), null);
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
    for (Call call = this; call != null; call = call.outer) {
      Object left = call.attributes.get(attribute);
      if (left != null) {
        return Optional.of(attribute.cast(left));
      }
    }
    return Optional.empty();
  }

  /**
   * Leaves something for the other layers, in the place of what was there. Where two models are
   * tried at a time ({@link Hedge}, {@link Shadow}), what is left around one of them is seen inside
   * of that one only.
   */
  public <T> void put(Attribute<T> attribute, T value) {
    attributes.put(attribute, value);
  }

  /** The same call on its way to one model. */
  Call trying(Candidate chosen, Deadline until) {
    return new Call(id, until, listener, chosen, attributes, outer);
  }

  /** The same call where two models are tried at a time: what is left here is not seen there. */
  Call apart() {
    return new Call(id, deadline, listener, candidate, new ConcurrentHashMap<>(2), this);
  }

  /** The same call with nobody who listens. */
  Call unheard(Deadline until) {
    return new Call(id, until, null, candidate, new ConcurrentHashMap<>(2), this);
  }

  Call with(StreamListener other) {
    return new Call(id, deadline, other, candidate, attributes, outer);
  }
}
