package ai.powertools.router.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;

/** The components of an OpenAPI document, as JSON Schemas that refuse unknown properties. */
final class OpenApi {
  /** Far above the largest document, whose three million are the parser's default limit. */
  private static final int CODE_POINTS = 32 << 20;

  private final JsonNode components;
  private final Set<String> anyOf = new HashSet<>();

  private OpenApi(JsonNode components) {
    this.components = components;
  }

  static OpenApi read(Path file) {
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OpenApi of(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CODE_POINTS);
    ObjectMapper mapper = new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build());
    try {
      return new OpenApi(mapper.readTree(yaml).at("/components/schemas"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that the alternatives of this component overlap, so that one is enough. */
  OpenApi withAnyOf(String component) {
    component(component);
    anyOf.add(component);
    return this;
  }

  /** Adds a property with text that the document forgets. */
  OpenApi withText(String component, String property) {
    ObjectNode properties = (ObjectNode) component(component).required("properties");
    if (properties.has(property)) {
      throw new IllegalStateException(component + " describes " + property + " by now");
    }
    properties.putObject(property).put("type", "string");
    return this;
  }

  /** The component with all that it refers to, and nothing else of the document. */
  ObjectNode schema(String name) {
    ObjectNode schema = component(name).objectNode();
    ObjectNode definitions = schema.putObject("$defs");
    Deque<OpenApiComponent> todo = new ArrayDeque<>();
    Set<OpenApiComponent> seen = new LinkedHashSet<>();
    OpenApiComponent root = new OpenApiComponent(name, false);
    schema.put("$ref", root.pointer());
    todo.add(root);
    while (!todo.isEmpty()) {
      OpenApiComponent next = todo.remove();
      if (seen.add(next)) {
        OpenApiSchema converted = new OpenApiSchema(next, anyOf.contains(next.name()));
        definitions.set(next.key(), converted.of(component(next.name())));
        todo.addAll(converted.referred());
      }
    }
    return schema;
  }

  private ObjectNode component(String name) {
    if (components.get(name) instanceof ObjectNode found) {
      return found;
    }
    throw new IllegalArgumentException("the document has no schema " + name);
  }
}
