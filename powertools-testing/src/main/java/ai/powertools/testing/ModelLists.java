package ai.powertools.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The models that the simulator says it has, as each vendor lists them. */
final class ModelLists {
  /** A date like any other: nothing here was made. */
  private static final String MADE = "2026-01-01T00:00:00Z";

  private static final long MADE_EPOCH_SECOND = 1_767_225_600L;

  private ModelLists() {}

  static JsonNode openAi(List<String> models) {
    ObjectNode body = Json.object().put("object", "list");
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

  static JsonNode llamaCpp(List<String> models) {
    ObjectNode body = Json.object().put("object", "list");
    ArrayNode data = body.putArray("data");
    for (String model : models) {
      ObjectNode entry = data.addObject().put("id", model).put("object", "model");
      entry.put("created", MADE_EPOCH_SECOND).put("owned_by", "llamacpp");
      entry.putObject("meta").put("n_vocab", 65_536).put("n_ctx_train", 4096);
    }
    return body;
  }

  static JsonNode anthropic(List<String> models) {
    ObjectNode body = Json.object();
    ArrayNode data = body.putArray("data");
    for (String model : models) {
      ObjectNode entry = data.addObject().put("type", "model").put("id", model);
      entry.put("display_name", model).put("created_at", MADE).put("lifecycle", "active");
      entry.putNull("deprecated_at").putNull("retires_at").putNull("line");
      entry.putNull("max_input_tokens").putNull("max_tokens").putNull("capabilities");
    }
    body.put("has_more", false);
    body.put("first_id", models.isEmpty() ? null : models.get(0));
    return body.put("last_id", models.isEmpty() ? null : models.get(models.size() - 1));
  }

  static JsonNode gemini(List<String> models) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("models");
    for (String model : models) {
      ObjectNode entry = list.addObject().put("name", "models/" + model).put("version", "1");
      entry.put("displayName", model).put("inputTokenLimit", 4096).put("outputTokenLimit", 4096);
      entry.putArray("supportedGenerationMethods").add("generateContent").add("countTokens");
    }
    return body;
  }

  /** Whether a model makes vectors only, which its name tells here. */
  static boolean onlyEmbeds(String model) {
    return model.contains("embed");
  }

  /** What there is to know of a model: of each the same, but for what its name tells. */
  static JsonNode ollamaDetails(String model) {
    ObjectNode body = Json.object().put("license", "").put("parameters", "");
    body.put("template", "{{ .Prompt }}").put("modified_at", MADE);
    addDetails(body);
    body.putObject("model_info")
        .put("general.architecture", "simulated")
        .put("general.parameter_count", 0)
        .put("simulated.context_length", 4096);
    ArrayNode capabilities = body.putArray("capabilities");
    if (onlyEmbeds(model)) {
      capabilities.add("embedding");
    } else {
      capabilities.add("completion").add("tools").add("thinking");
    }
    return body;
  }

  /** Those in memory. */
  static JsonNode ollamaRunning(List<String> models) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("models");
    for (String model : models) {
      ObjectNode entry = list.addObject().put("name", model).put("model", model);
      entry.put("size", 0).put("digest", "0".repeat(64));
      addDetails(entry);
      entry.put("expires_at", MADE).put("size_vram", 0).put("context_length", 4096);
    }
    return body;
  }

  static JsonNode ollama(List<String> models) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("models");
    for (String model : models) {
      ObjectNode entry =
          list.addObject().put("name", model).put("model", model).put("modified_at", MADE);
      entry.put("size", 0).put("digest", "0".repeat(64));
      addDetails(entry);
    }
    return body;
  }

  private static void addDetails(ObjectNode entry) {
    ObjectNode details = entry.putObject("details").put("parent_model", "");
    details.put("format", "gguf").put("family", "simulated");
    details.putArray("families").add("simulated");
    details.put("parameter_size", "0B").put("quantization_level", "F16");
  }
}
