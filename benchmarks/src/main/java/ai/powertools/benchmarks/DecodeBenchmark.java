package ai.powertools.benchmarks;

import ai.powertools.core.Deadline;
import ai.powertools.core.Secret;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.providers.OpenAi;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The same answer of the same loopback server, read by three clients of OpenAI's chat completions:
 * a stream of 2,000 events, and one JSON object of 100 kB. Each gives the length of the whole text,
 * so that all of it is read.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {
  private static final int EVENTS = 2_000;
  private static final int BYTES = 100_000;
  private static final String MODEL = "gpt-4o-mini";
  private static final String QUESTION = "Tell me a long story.";
  private static final String KEY = "sk-benchmark";

  private final CannedServer events = CannedServer.answering("text/event-stream", stream());
  private final CannedServer json = CannedServer.answering("application/json", whole());
  private final ChatModel ourStream = ours(events);
  private final ChatModel ourWhole = ours(json);
  private final OpenAIClient openAiStream = openAi(events);
  private final OpenAIClient openAiWhole = openAi(json);
  private final OpenAiStreamingChatModel langChainStream =
      OpenAiStreamingChatModel.builder()
          .baseUrl(events.url().toString())
          .apiKey(KEY)
          .modelName(MODEL)
          .build();
  private final OpenAiChatModel langChainWhole =
      OpenAiChatModel.builder().baseUrl(json.url().toString()).apiKey(KEY).modelName(MODEL).build();

  /** Ours, with a listener that is told of every delta. */
  @Benchmark
  public int streamOurs() {
    int[] heard = {0};
    ourStream.chat(
        ChatRequest.of(QUESTION),
        event -> {
          if (event instanceof StreamEvent.TextDelta delta) {
            heard[0] += delta.text().length();
          }
        },
        Deadline.never());
    return checked(heard[0]);
  }

  /** LangChain4j's streaming model. */
  @Benchmark
  public int streamLangChain4j() {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    langChainStream.chat(
        QUESTION,
        new StreamingChatResponseHandler() {
          private int heard;

          @Override
          public void onPartialResponse(String delta) {
            heard += delta.length();
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {
            end.complete(heard);
          }

          @Override
          public void onError(Throwable error) {
            end.completeExceptionally(error);
          }
        });
    return checked(end.join());
  }

  /** OpenAI's own client. */
  @Benchmark
  public int streamOpenAiJava() {
    int heard = 0;
    try (StreamResponse<ChatCompletionChunk> chunks =
        openAiStream.chat().completions().createStreaming(question())) {
      for (ChatCompletionChunk chunk : (Iterable<ChatCompletionChunk>) chunks.stream()::iterator) {
        if (!chunk.choices().isEmpty()) {
          heard += chunk.choices().get(0).delta().content().orElse("").length();
        }
      }
    }
    return checked(heard);
  }

  /** Ours, whole. */
  @Benchmark
  public int wholeOurs() {
    return checked(ourWhole.chat(QUESTION).text().length());
  }

  /** LangChain4j's model. */
  @Benchmark
  public int wholeLangChain4j() {
    return checked(langChainWhole.chat(QUESTION).length());
  }

  /** OpenAI's own client, whole. */
  @Benchmark
  public int wholeOpenAiJava() {
    return checked(
        openAiWhole
            .chat()
            .completions()
            .create(question())
            .choices()
            .get(0)
            .message()
            .content()
            .orElse("")
            .length());
  }

  /** Leaves nothing open. */
  @TearDown
  public void end() throws IOException {
    openAiStream.close();
    openAiWhole.close();
    events.close();
    json.close();
  }

  private static int checked(int length) {
    if (length < BYTES / 10) {
      throw new IllegalStateException("Only " + length + " characters were read.");
    }
    return length;
  }

  private static ChatModel ours(CannedServer server) {
    return OpenAi.builder().baseUrl(server.url()).key(Secret.of(KEY)).build().model(MODEL);
  }

  private static OpenAIClient openAi(CannedServer server) {
    return OpenAIOkHttpClient.builder().baseUrl(server.url().toString()).apiKey(KEY).build();
  }

  private static ChatCompletionCreateParams question() {
    return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(QUESTION).build();
  }

  private static String stream() {
    String head =
        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1767225600,"
            + "\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
            + "\"system_fingerprint\":\"fp_1\",";
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      stream
          .append(head)
          .append("\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word")
          .append(i % 1000)
          .append("\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n");
    }
    stream
        .append(head)
        .append("\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,")
        .append("\"finish_reason\":\"stop\"}],\"usage\":null}\n\n")
        .append(head)
        .append("\"choices\":[],")
        .append(usage())
        .append("}\n\ndata: [DONE]\n\n");
    return stream.toString();
  }

  private static String whole() {
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1767225600,"
        + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":{"
        + "\"role\":\"assistant\",\"content\":\""
        + "Once upon a time, \\n".repeat(BYTES / 20)
        + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,"
        + "\"finish_reason\":\"stop\"}],"
        + usage()
        + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\"}";
  }

  private static String usage() {
    return "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":2000,\"total_tokens\":2012,"
        + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
        + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
        + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
  }
}
