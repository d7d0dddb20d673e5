package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Secret;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import okhttp3.OkHttpClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However the bytes of a stream are split and wherever they end: what was complete is delivered, in
 * order, and nothing is thrown but the errors of providers.
 */
class StreamFuzzProperties {
  private static final long SEED = 20_261_125;
  private static final int ROUNDS = 10_000;

  /** Streams in the form of each API, with all kinds of deltas. */
  enum Stream {
    OPENAI_CHAT(
        """
        data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null,"obfuscation":"abc"}

        : keep-alive

        data: {"choices":[{"index":0,"delta":{"reasoning_content":"Hm, größer?"}}]}

        data: {"choices":[{"index":0,"delta":{"content":"Grüße 😀 "}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"f","arguments":""}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":"}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}},{"index":1,"id":"t2","function":{"name":"g","arguments":"{}"}}]}}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":9,"total_tokens":12}}

        data: [DONE]

        """),
    OPENAI_RESPONSES(
        """
        event: response.created
        data: {"type":"response.created","response":{"id":"r1","model":"m","status":"in_progress"}}

        event: response.output_item.added
        data: {"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_1","summary":[]}}

        event: response.reasoning_summary_text.delta
        data: {"type":"response.reasoning_summary_text.delta","output_index":0,"delta":"Hm, größer?"}

        event: response.output_item.done
        data: {"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_1","encrypted_content":"xyz"}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","output_index":1,"delta":"Grüße 😀 "}

        event: response.output_item.added
        data: {"type":"response.output_item.added","output_index":2,"item":{"type":"function_call","call_id":"t1","name":"f","arguments":""}}

        event: response.function_call_arguments.delta
        data: {"type":"response.function_call_arguments.delta","output_index":2,"delta":"{\\"a\\":1}"}

        event: response.completed
        data: {"type":"response.completed","response":{"id":"r1","model":"m","status":"completed","output":[],"usage":{"input_tokens":3,"input_tokens_details":{"cached_tokens":0},"output_tokens":9,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":12}}}

        """),
    GEMINI(
        """
        data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hm, größer?","thought":true}]}}],"usageMetadata":{"promptTokenCount":3,"thoughtsTokenCount":2,"totalTokenCount":5},"modelVersion":"m"}

        data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Grüße 😀 "}]}}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":7}}

        data: {"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"c2ln"}]}}]}

        data: {"candidates":[{"content":{"parts":[{"text":"!"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4,"thoughtsTokenCount":2,"totalTokenCount":9}}

        """),
    OLLAMA(
        """
        {"model":"m","message":{"role":"assistant","content":"","thinking":"Hm, größer?"},"done":false}
        {"model":"m","message":{"role":"assistant","content":"Grüße 😀 "},"done":false}
        {"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},"done":false}
        {"model":"m","message":{"role":"assistant","content":"!"},"done":false}
        {"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":9,"eval_duration":5000000}
        """);

    private final String text;

    Stream(String text) {
      this.text = text;
    }

    ChatProvider client(OkHttpClient http) {
      Secret key = Secret.of("key-0123456789");
      return switch (this) {
        case OPENAI_CHAT -> OpenAi.builder().key(key).client(http).build();
        case OPENAI_RESPONSES ->
            OpenAi.builder().key(key).client(http).api(OpenAi.Api.RESPONSES).build();
        case GEMINI -> Gemini.builder().key(key).client(http).build();
        case OLLAMA -> Ollama.builder().key(key).client(http).build();
      };
    }
  }

  /** What a listener was told that is part of the answer. */
  private record Told(String kind, int index, String name, String text) {}

  @ParameterizedTest
  @EnumSource
  void deliversWhatWasComplete(Stream stream) {
    String end = stream == Stream.OLLAMA ? "\n" : "\n\n";
    fuzz(stream.text, end, http -> stream.client(http));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "basic_response",
        "incomplete_partial_json_response",
        "stream-a-refusal",
        "stream-a-toolrefusal",
        "stream-b-fallback",
        "tool_use_response"
      })
  void deliversWhatWasCompleteOfRecordedStreams(String name) throws IOException {
    Path file = SharedData.file("streams/anthropic-" + name + ".sse");
    String text = Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");

    fuzz(
        text,
        "\n\n",
        http -> Anthropic.builder().key(Secret.of("key-0123456789")).client(http).build());
  }

  private interface Clients {
    ChatProvider on(OkHttpClient http);
  }

  private static void fuzz(String text, String end, Clients clients) {
    List<byte[]> arriving = new ArrayList<>();
    ChatProvider well = clients.on(CannedHttp.events(arriving, CannedHttp.Ending.WELL));
    ChatProvider badly = clients.on(CannedHttp.events(arriving, CannedHttp.Ending.RESET));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Integer> ends = ends(text, end);
    List<List<Told>> told = new ArrayList<>();
    for (int whole : ends) {
      arriving.clear();
      arriving.add(Arrays.copyOf(bytes, whole));
      told.add(listen(badly));
    }
    assertThat(told.get(told.size() - 1)).as("all of it").isNotEmpty();

    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      int length = random.nextInt(4) == 0 ? bytes.length : random.nextInt(bytes.length + 1);
      arriving.clear();
      arriving.addAll(split(Arrays.copyOf(bytes, length), random));
      int complete = (int) ends.stream().filter(at -> at <= length).count() - 1;

      List<Told> heard = listen(random.nextBoolean() ? well : badly);

      // An event whose line end alone is missing may be given as well.
      assertThat(heard)
          .as("seed %d, round %d, %d bytes", SEED, round, length)
          .isIn(told.get(complete), told.get(Math.min(complete + 1, told.size() - 1)));
    }
  }

  /** Where events end; the first is the end of nothing. */
  private static List<Integer> ends(String text, String end) {
    List<Integer> ends = new ArrayList<>(List.of(0));
    int from = 0;
    while (text.indexOf(end, from) >= 0) {
      from = text.indexOf(end, from) + end.length();
      ends.add(text.substring(0, from).getBytes(StandardCharsets.UTF_8).length);
    }
    return ends;
  }

  private static List<Told> listen(ChatProvider provider) {
    List<Told> told = new ArrayList<>();
    try {
      provider.chat(ProviderCalls.streamed("m", "Say something", event -> add(event, told)));
    } catch (ProviderException broken) {
      assertThat(broken.contentDelivered()).isEqualTo(!told.isEmpty());
    }
    return told;
  }

  private static void add(StreamEvent event, List<Told> told) {
    if (event instanceof StreamEvent.TextDelta delta) {
      told.add(new Told("text", 0, "", delta.text()));
    } else if (event instanceof StreamEvent.ReasoningDelta delta) {
      told.add(new Told("reasoning", 0, "", delta.text()));
    } else if (event instanceof StreamEvent.ToolCallDelta delta) {
      told.add(new Told("call", delta.index(), delta.name(), delta.json()));
    }
  }

  private static List<byte[]> split(byte[] bytes, SplittableRandom random) {
    int largest = 1 + random.nextInt(random.nextBoolean() ? 4 : 400);
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(largest));
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces;
  }
}
