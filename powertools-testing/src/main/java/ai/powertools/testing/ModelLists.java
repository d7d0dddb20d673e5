package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The models that the simulator says it has, as each vendor lists them. */
final class ModelLists {
  /** A date like any other: nothing here was made. */
  private static final String MADE = "2026-01-01T00:00:00Z";

  private static final long MADE_EPOCH_SECOND = 1_767_225_600L;

  private ModelLists() {}

  static JsonNode openAi(List<String> models) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = body.putArray("data");
    for (String model : models) {
      data.addObject()
          .put("id", model)
          .put("object", "model")
          .put("created", MADE_EPOCH_SECOND)
          .put("owned_by", "powertools");
    }
    return body;
  }

  static JsonNode ollama(List<String> models) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("models");
    for (String model : models) {
      ObjectNode entry =
          list.addObject().put("name", model).put("model", model).put("modified_at", MADE);
      entry.put("size", 0).put("digest", "0".repeat(64));
      ObjectNode details = entry.putObject("details").put("parent_model", "");
      details.put("format", "gguf").put("family", "simulated");
      details.putArray("families").add("simulated");
      details.put("parameter_size", "0B").put("quantization_level", "F16");
    }
    return body;
  }
}
