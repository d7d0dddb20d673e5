package ai.powertools.session;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which fields a type knows, and of what type they are, by Jackson's own look at it. */
final class KnownFields {
  private final ObjectMapper mapper;
  private final Map<JavaType, Optional<Map<String, Optional<JavaType>>>> types =
      new ConcurrentHashMap<>();

  KnownFields(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Its fields by name, with the type of those below which one may look; empty for a type that
   * knows all fields, or of which Jackson can't tell.
   */
  Optional<Map<String, Optional<JavaType>>> of(JavaType type) {
    return types.computeIfAbsent(type, this::look);
  }

  private Optional<Map<String, Optional<JavaType>>> look(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (type.isAbstract()
        || type.isPrimitive()
        || type.isContainerType()
        || type.isReferenceType()
        || raw == Object.class
        || JsonNode.class.isAssignableFrom(raw)) {
      return Optional.empty();
    }
    BeanDescription reading = mapper.getDeserializationConfig().introspect(type);
    BeanDescription writing = mapper.getSerializationConfig().introspect(type);
    List<BeanPropertyDefinition> properties = new ArrayList<>(writing.findProperties());
    properties.addAll(reading.findProperties());
    if (isItsOwnMaster(reading, writing) || properties.stream().anyMatch(this::isUnwrapped)) {
      return Optional.empty();
    }
    Map<String, Optional<JavaType>> fields = new HashMap<>();
    properties.forEach(property -> add(fields, property));
    Set<String> ignored = new HashSet<>(reading.getIgnoredPropertyNames());
    DeserializationConfig config = mapper.getDeserializationConfig();
    ignored.addAll(
        config
            .getAnnotationIntrospector()
            .findPropertyIgnoralByName(config, reading.getClassInfo())
            .getIgnored());
    ignored.forEach(name -> fields.put(name, Optional.empty()));
    return Optional.of(Map.copyOf(fields));
  }

  /** Its fields are not its properties. */
  private static boolean isItsOwnMaster(BeanDescription reading, BeanDescription writing) {
    return reading.findAnySetterAccessor() != null
        || writing.findAnyGetter() != null
        || writing.findJsonValueAccessor() != null
        || reading.getClassAnnotations().has(JsonTypeInfo.class)
        || reading.getClassAnnotations().has(JsonDeserialize.class)
        || writing.getClassAnnotations().has(JsonSerialize.class);
  }

  private boolean isUnwrapped(BeanPropertyDefinition property) {
    AnnotatedMember member = property.getPrimaryMember();
    return member != null && member.hasAnnotation(JsonUnwrapped.class);
  }

  private void add(Map<String, Optional<JavaType>> fields, BeanPropertyDefinition property) {
    AnnotatedMember member = property.getPrimaryMember();
    if (member == null) {
      fields.put(property.getName(), Optional.empty());
      return;
    }
    boolean plain =
        !member.hasAnnotation(JsonTypeInfo.class)
            && !member.hasAnnotation(JsonSerialize.class)
            && !member.hasAnnotation(JsonDeserialize.class);
    Optional<JavaType> below = plain ? Optional.of(property.getPrimaryType()) : Optional.empty();
    fields.put(property.getName(), below);
    AnnotationIntrospector annotations =
        mapper.getDeserializationConfig().getAnnotationIntrospector();
    List<PropertyName> aliases = annotations.findPropertyAliases(member);
    if (aliases != null) {
      aliases.forEach(alias -> fields.put(alias.getSimpleName(), Optional.empty()));
    }
  }
}
