package ai.powertools.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What Ollama tells one who fetches a model of one layer. Nothing is fetched. */
final class OllamaPullStream implements AnswerStream {
  private static final String DIGEST = "sha256:" + "0".repeat(64);
  private static final long LAYER_BYTES = 1_000_000;

  private final Reply reply;

  OllamaPullStream(Reply reply) {
    this.reply = reply;
  }

  static ObjectNode success() {
    return status("success");
  }

  @Override
  public String type() {
    return "application/x-ndjson";
  }

  @Override
  public String open() {
    return lines(status("pulling manifest"), layer());
  }

  /** Fetching has neither thoughts nor text nor tools. */
  @Override
  public String reasoning(String piece) {
    return "";
  }

  @Override
  public String text(String piece) {
    return "";
  }

  @Override
  public String toolCall(int index, SimulatedAnswer.ToolCall call) {
    return "";
  }

  @Override
  public String close() {
    return lines(
        layer().put("completed", LAYER_BYTES / 2),
        layer().put("completed", LAYER_BYTES),
        status("verifying sha256 digest"),
        status("writing manifest"),
        success());
  }

  @Override
  public String error(@Nullable String code, String message) {
    return reply.call().vendor().error(new Problem(reply.number(), 500, code, message)) + "\n";
  }

  private static ObjectNode status(String status) {
    return Json.object().put("status", status);
  }

  private static ObjectNode layer() {
    return status("pulling " + DIGEST.substring(7, 19))
        .put("digest", DIGEST)
        .put("total", LAYER_BYTES);
  }

  private static String lines(ObjectNode... all) {
    StringBuilder text = new StringBuilder();
    for (ObjectNode line : all) {
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
