package ai.powertools.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How values of an older schema are made into those of today. A type has a version, 0 to begin
 * with; a record carries the one that it was written with. When an older one is read, the steps
 * from there on run over its fields, before they become a value. Immutable.
 *
 * <pre>{@code
 * Upcasters.none()
 *     .step(Note.class, 0, json -> ((ObjectNode) json).put("colour", "yellow"))
 *     .step(Note.class, 1, json -> rename(json, "text", "body"));
 * }</pre>
 *
 * <p>Steps are for what is kept under a key or as an entry of a log, not for its parts, and for
 * JSON and CBOR. A type without steps uses those of the nearest class above it, or else of the
 * first interface that was given here. What is read as {@code JsonNode} is as it was written, and
 * what is written as {@code JsonNode} has version 0.
 */
public final class Upcasters {
  private static final Upcasters NONE = new Upcasters(Map.of(), false);

  private final Map<Class<?>, Steps> types;
  private final boolean refusesNewer;

  private Upcasters(Map<Class<?>, Steps> types, boolean refusesNewer) {
    this.types = types;
    this.refusesNewer = refusesNewer;
  }

  /** No steps: every type has version 0. */
  public static Upcasters none() {
    return NONE;
  }

  /**
   * These and one more step, after which the type has version {@code from + 1}.
   *
   * @param from the version that it takes, 0 or more; the one that the step before it gives
   * @param change from the fields of that version to those of the next; it may change what it is
   *     given and give it back. May run on many threads at once.
   * @throws IllegalArgumentException if there is a gap to the step before, or {@code from} is
   *     negative
   */
  public Upcasters step(Class<?> type, int from, UnaryOperator<JsonNode> change) {
    Steps steps = types.get(type);
    if (from < 0 || (steps != null && steps.version() != from)) {
      throw new IllegalArgumentException(
          "The next step of %s starts at version %s, not at %d."
              .formatted(type.getName(), steps == null ? "0 or more" : steps.version(), from));
    }
    Map<Class<?>, Steps> more = new LinkedHashMap<>(types);
    more.put(type, steps == null ? new Steps(from, List.of(change)) : steps.and(change));
    return new Upcasters(more, refusesNewer);
  }

  /**
   * The same, but a value of a version that is not known yet is refused. Otherwise it is read as it
   * is, and fields that the type does not know are passed over.
   */
  public Upcasters refusingNewer() {
    return new Upcasters(types, true);
  }

  /** What a value of this class is written as. */
  int version(Class<?> type) {
    return find(type).map(Steps::version).orElse(0);
  }

  /** Whether reading a record of that version needs its fields. */
  boolean concerns(Type type, int written) {
    return raw(type).map(this::version).filter(now -> now != written).isPresent();
  }

  /**
   * The fields as this program knows them.
   *
   * @throws CodecException if there is no way there
   */
  JsonNode upcast(JsonNode json, Type type, int written) {
    Steps steps = raw(type).flatMap(this::find).orElse(null);
    int now = steps == null ? 0 : steps.version();
    if (written > now && refusesNewer) {
      throw new CodecException(
          "it has version %d of its schema, and this program knows %d. Update the program."
              .formatted(written, now));
    }
    return steps == null ? json : steps.run(json, written);
  }

  private Optional<Steps> find(Class<?> type) {
    for (Class<?> above = type; above != null; above = above.getSuperclass()) {
      Steps steps = types.get(above);
      if (steps != null) {
        return Optional.of(steps);
      }
    }
    return types.entrySet().stream()
        .filter(entry -> entry.getKey().isInterface() && entry.getKey().isAssignableFrom(type))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Optional<Class<?>> raw(Type type) {
    if (type instanceof Class<?> plain) {
      return JsonNode.class.isAssignableFrom(plain) ? Optional.empty() : Optional.of(plain);
    }
    return type instanceof ParameterizedType generic ? raw(generic.getRawType()) : Optional.empty();
  }

  /** The steps of one type; the first of them takes version {@code first}. */
  private record Steps(int first, List<UnaryOperator<JsonNode>> changes) {
    int version() {
      return first + changes.size();
    }

    Steps and(UnaryOperator<JsonNode> change) {
      List<UnaryOperator<JsonNode>> more = new ArrayList<>(changes);
      more.add(change);
      return new Steps(first, List.copyOf(more));
    }

    JsonNode run(JsonNode json, int written) {
      if (written < first) {
        throw new CodecException(
            "it has version %d of its schema, and the first step starts at %d. Add one from %d."
                .formatted(written, first, written));
      }
      JsonNode result = json;
      for (int from = written; from < version(); from++) {
        result = step(result, from);
      }
      return result;
    }

    private JsonNode step(JsonNode json, int from) {
      @Nullable JsonNode result;
      try {
        result = changes.get(from - first).apply(json);
      } catch (RuntimeException e) {
        // Its message may quote the value.
        throw new CodecException(
            "the step from version %d of its schema threw %s. Mend the step."
                .formatted(from, e.getClass().getName()));
      }
      if (result == null) {
        throw new CodecException(
            "the step from version %d of its schema gave null. Mend the step.".formatted(from));
      }
      return result;
    }
  }
}
