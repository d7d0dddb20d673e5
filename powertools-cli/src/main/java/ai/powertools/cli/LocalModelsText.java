package ai.powertools.cli;

import ai.powertools.router.LocalModel;
import ai.powertools.router.LocalServer;
import ai.powertools.router.ServerHealth;
import ai.powertools.router.local.LocalListing;
import ai.powertools.router.local.ServedModel;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The models of one's own servers, for people and for programs. */
final class LocalModelsText {
  private static final String NONE = "-";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private LocalModelsText() {}

  /** In one word, as in {@code ready}. */
  static String status(ServerHealth health) {
    return health.status().name().toLowerCase(Locale.ROOT);
  }

  /** A line for each model. */
  static String table(LocalListing listing) {
    Table table =
        new Table(
            Set.of(2, 3, 4), "model", "loaded", "context", "size", "parameters", "quantized", "on");
    for (ServedModel served : listing) {
      LocalModel model = served.model();
      table.row(
          model.name(),
          served.loaded() ? "yes" : "no",
          number(served.contextTokens()),
          model.sizeBytes().isPresent() ? ByteSize.text(model.sizeBytes().getAsLong()) : NONE,
          word(model.parameters()),
          word(model.quantization()),
          served.server().toString());
    }
    return table.toString();
  }

  /** An object on a line for each server, and for what could not be asked. */
  static String json(Map<LocalServer, ServerHealth> servers, LocalListing listing) {
    StringBuilder lines = new StringBuilder();
    servers.forEach((server, health) -> lines.append(json(server, health, listing)).append('\n'));
    listing
        .unasked()
        .forEach(
            one ->
                lines
                    .append(
                        MAPPER
                            .createObjectNode()
                            .put("unasked", one.server())
                            .put("why", one.why()))
                    .append('\n'));
    return lines.toString();
  }

  private static ObjectNode json(LocalServer server, ServerHealth health, LocalListing listing) {
    ObjectNode json = MAPPER.createObjectNode().put("server", server.name());
    server.endpoint().ifPresent(address -> json.put("address", address.toString()));
    json.put("status", status(health)).put("detail", health.detail());
    ArrayNode models = json.putArray("models");
    for (ServedModel served : listing) {
      if (served.server().equals(server)) {
        put(models.addObject(), served);
      }
    }
    return json;
  }

  private static void put(ObjectNode json, ServedModel served) {
    LocalModel model = served.model();
    json.put("model", model.name()).put("loaded", served.loaded());
    model.contextTokens().ifPresent(tokens -> json.put("contextTokens", tokens));
    model.sizeBytes().ifPresent(bytes -> json.put("sizeBytes", bytes));
    putWord(json, "family", model.family());
    putWord(json, "parameters", model.parameters());
    putWord(json, "quantization", model.quantization());
    ArrayNode capabilities = json.putArray("capabilities");
    model.capabilities().stream().sorted().forEach(capabilities::add);
  }

  private static void putWord(ObjectNode json, String name, String word) {
    if (!word.isEmpty()) {
      json.put(name, word);
    }
  }

  private static String word(String word) {
    return word.isEmpty() ? NONE : word;
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? String.format(Locale.ROOT, "%,d", number.getAsLong()) : NONE;
  }
}
