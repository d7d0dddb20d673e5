package ai.powertools.router.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The referee of what our clients send: is it valid by what the vendor itself publishes?
 *
 * <p>Stricter than the vendors' servers, on purpose: a property that nobody described is a problem,
 * since that is how a misspelt one shows. Without {@code $POWERTOOLS_DATA} the test that asks is
 * skipped, save for Anthropic's requests, which need no data. Safe for threads; each file is read
 * once in a JVM.
 */
final class VendorSchemas {
  private static final Map<VendorRequest.Source, Function<String, ObjectNode>> DOCUMENTS =
      new ConcurrentHashMap<>();
  private static final Map<VendorRequest, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private VendorSchemas() {}

  /** What is wrong with the body, a line each with its place; empty when it is valid. */
  static List<String> problems(VendorRequest request, JsonNode body) {
    return switch (request) {
      case ANTHROPIC_MESSAGES -> AnthropicClient.problemsOfMessages(body);
      case ANTHROPIC_COUNT_TOKENS -> AnthropicClient.problemsOfCountTokens(body);
      default -> problems(SCHEMAS.computeIfAbsent(request, VendorSchemas::published), body);
    };
  }

  /** The same for any JSON Schema of draft 2020-12. */
  static List<String> problems(ObjectNode schema, JsonNode body) {
    return problems(compiled(schema), body);
  }

  private static List<String> problems(Schema schema, JsonNode body) {
    return schema.validate(body).stream().map(e -> e.toString()).distinct().toList();
  }

  private static Schema published(VendorRequest request) {
    return compiled(
        DOCUMENTS.computeIfAbsent(request.source, VendorSchemas::document).apply(request.type));
  }

  private static Schema compiled(ObjectNode schema) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  private static Function<String, ObjectNode> document(VendorRequest.Source source) {
    return switch (source) {
      case OPENAI -> openAi()::schema;
      case OLLAMA -> ollama()::schema;
      case GEMINI -> gemini()::schema;
      case ANTHROPIC -> throw new IllegalArgumentException("Anthropic publishes no schema");
    };
  }

  /** A user's message with parts is both an easy message and an input message, word for word. */
  private static OpenApi openAi() {
    return OpenApi.read(SharedData.file("specs/openai-openapi.yaml")).withAnyOf("InputItem");
  }

  /**
   * Described in ollama-api.md only: the name of the tool whose result a message is, and the
   * thinking of an assistant's turn that is sent back.
   */
  private static OpenApi ollama() {
    return OpenApi.read(SharedData.file("specs/ollama-openapi.yaml"))
        .withText("ChatMessage", "tool_name")
        .withText("ChatMessage", "thinking");
  }

  private static ProtoSchemas gemini() {
    return new ProtoSchemas(ProtoPackage.read(SharedData.file("specs/gemini-proto/v1beta")));
  }
}
