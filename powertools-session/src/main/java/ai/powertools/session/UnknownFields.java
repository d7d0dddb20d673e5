package ai.powertools.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Fields that a newer program wrote, carried over when an older one replaces the value. */
final class UnknownFields {
  private final ObjectMapper mapper;
  private final KnownFields known;

  UnknownFields(ObjectMapper mapper) {
    this.mapper = mapper;
    this.known = new KnownFields(mapper);
  }

  /**
   * The second tree, which is changed, with the fields of the first that the type does not know.
   */
  JsonNode keep(JsonNode before, JsonNode after, Type type) {
    merge(before, after, mapper.constructType(type));
    return after;
  }

  private void merge(JsonNode before, JsonNode after, JavaType type) {
    if (before instanceof ObjectNode from && after instanceof ObjectNode to) {
      if (type.isMapLikeType()) {
        mergeEntries(from, to, type.getContentType());
      } else {
        known.of(type).ifPresent(fields -> mergeFields(from, to, fields));
      }
    } else if (before instanceof ArrayNode from
        && after instanceof ArrayNode to
        && type.getContentType() != null) {
      mergeElements(from, to, type.getContentType());
    }
  }

  private void mergeEntries(ObjectNode from, ObjectNode to, JavaType content) {
    from.properties()
        .forEach(
            entry ->
                Optional.ofNullable(to.get(entry.getKey()))
                    .ifPresent(now -> merge(entry.getValue(), now, content)));
  }

  private void mergeFields(ObjectNode from, ObjectNode to, Map<String, Optional<JavaType>> fields) {
    from.properties()
        .forEach(
            field -> {
              String name = field.getKey();
              JsonNode now = to.get(name);
              if (!fields.containsKey(name)) {
                if (now == null) {
                  to.set(name, field.getValue());
                }
              } else if (now != null) {
                fields.get(name).ifPresent(type -> merge(field.getValue(), now, type));
              }
            });
  }

  /** Lists are changed in the middle: an element is found again by what the type knows of it. */
  private void mergeElements(ArrayNode from, ArrayNode to, JavaType content) {
    if (!content.isContainerType() && known.of(content).isEmpty()) {
      return;
    }
    Map<JsonNode, Deque<JsonNode>> earlier = new HashMap<>();
    for (JsonNode element : from) {
      knownOf(element, content)
          .ifPresent(part -> earlier.computeIfAbsent(part, p -> new ArrayDeque<>()).add(element));
    }
    for (JsonNode element : to) {
      Optional.ofNullable(knownOf(element, content).map(earlier::get).orElse(null))
          .map(Deque::poll)
          .ifPresent(before -> merge(before, element, content));
    }
  }

  private Optional<JsonNode> knownOf(JsonNode element, JavaType type) {
    try {
      Object value = mapper.treeToValue(element, type);
      return Optional.of(mapper.valueToTree(value));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty(); // it was something else before: nothing to carry over
    }
  }
}
