package ai.powertools.router;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** The body of a request for chat completions. */
final class OpenAiRequest {
  /** OpenAI's models that think refuse {@code max_tokens}, wherever they are served. */
  private static final Pattern THINKS =
      Pattern.compile("(?:.*/)?(?:gpt-[5-9]|o\\d)(?:[-.:].*)?", Pattern.CASE_INSENSITIVE);

  private OpenAiRequest() {}

  static byte[] body(ProviderCall call, String host) {
    ChatRequest request = call.request();
    ObjectNode body = Json.object().put("model", call.model());
    messages(request, body.putArray("messages"));
    request.temperature().ifPresent(temperature -> body.put("temperature", temperature));
    request.maxOutputTokens().ifPresent(limit -> body.put(limitName(call.model(), host), limit));
    if (call.listener().isPresent()) {
      body.put("stream", true);
      body.putObject("stream_options").put("include_usage", true);
    }
    return Json.bytes(body);
  }

  /** The conversation as all chat APIs take it: a role and a text each. */
  static void messages(ChatRequest request, ArrayNode into) {
    for (Message message : request.messages()) {
      into.addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.text());
    }
  }

  /**
   * How the limit is called: {@code max_completion_tokens} at OpenAI and at Azure, where the other
   * is deprecated, and for OpenAI's models that think; {@code max_tokens} elsewhere, since many
   * servers ignore a name that they don't know, and with it the limit.
   */
  static String limitName(String model, String host) {
    boolean openAi = host.equals("openai.com") || host.endsWith(".openai.com");
    boolean azure = host.endsWith(".azure.com");
    return openAi || azure || THINKS.matcher(model).matches()
        ? "max_completion_tokens"
        : "max_tokens";
  }
}
