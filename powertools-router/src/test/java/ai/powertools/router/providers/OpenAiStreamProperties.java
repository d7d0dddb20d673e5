package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.models.Certainty;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/**
 * A stream that is split and cut anywhere: what arrived whole is delivered, once and in order; then
 * there is either the answer or an error of the family.
 */
class OpenAiStreamProperties {
  private static final int ROUNDS = Integer.getInteger("powertools.stream.rounds", 10_000);
  private static final long SEED = Long.getLong("powertools.seed", 20_260_801L);
  private static final String[] PIECES = {
    "The", " größte", " of", " 👋", "\\n", "\\\"quoted\\\"", " 日本", " \\u00e9", " e\u0301"
  };

  /** A stream, with what is known after each of its events. */
  private record Recorded(ByteString bytes, List<Integer> ends, List<String> texts, int finish) {}

  @Test
  void whatArrivesWholeIsDeliveredHoweverTheBytesAreSplitAndCut() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      String at = "seed " + SEED + ", round " + round;
      Recorded recorded = record(random);
      boolean cut = random.nextBoolean();
      int length = cut ? random.nextInt(recorded.bytes().size() + 1) : recorded.bytes().size();
      CannedHttp.Ending ending =
          random.nextBoolean() ? CannedHttp.Ending.WELL : CannedHttp.Ending.RESET;
      byte[] arriving = recorded.bytes().substring(0, length).toByteArray();
      OpenAiCompatible provider =
          OpenAiCompatible.builder()
              .client(CannedHttp.events(split(arriving, random), ending))
              .build();
      Heard heard = new Heard();

      // An event whose line end alone is missing may be given as well, hence two that are right.
      List<Integer> whole = recorded.ends().stream().filter(end -> end <= length).toList();
      String least = textAfter(recorded, whole.size());
      String most = textAfter(recorded, Math.min(whole.size() + 1, recorded.ends().size()));
      try {
        ChatResponse response =
            provider.chat(ProviderCalls.streamed("gpt-5-mini", "Say something", heard));
        assertThat(whole.size()).as(at).isGreaterThanOrEqualTo(recorded.finish() - 1);
        assertThat(response.text()).as(at).isEqualTo(heard.text()).isEqualTo(most);
        if (!cut) {
          assertThat(response.usageCertainty()).as(at).isEqualTo(Certainty.EXACT);
          assertThat(response.usage()).as(at).isEqualTo(new Usage(11, 3, 0, 7, 2));
        }
      } catch (ProviderException e) {
        assertThat(e.kind()).as(at).isEqualTo(ErrorKind.NETWORK);
        assertThat(whole.size()).as(at).isLessThan(recorded.finish());
        assertThat(heard.text()).as(at).isIn(least, most).isEqualTo(e.partialText());
        assertThat(e.contentDelivered()).as(at).isEqualTo(!heard.text().isEmpty());
        assertThat(e.mayBeBilled()).as(at).isTrue();
      }
    }
  }

  /** All that has been said by the first so many events. */
  private static String textAfter(Recorded recorded, int events) {
    return events == 0 ? "" : recorded.texts().get(events - 1);
  }

  private static Recorded record(SplittableRandom random) {
    String end = List.of("\n", "\r", "\r\n").get(random.nextInt(3));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Integer> ends = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    StringBuilder said = new StringBuilder();
    if (random.nextInt(4) == 0) {
      bytes.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
    }
    int deltas = random.nextInt(12);
    for (int i = 0; i < deltas; i++) {
      if (random.nextInt(6) == 0) {
        bytes.writeBytes((": keep-alive" + end + end).getBytes(StandardCharsets.UTF_8));
      }
      String piece = PIECES[random.nextInt(PIECES.length)];
      said.append(piece.replace("\\n", "\n").replace("\\\"", "\"").replace("\\u00e9", "é"));
      event(
          bytes,
          end,
          random,
          "{\"choices\":[{\"delta\":{\"content\":\"" + piece + "\"},",
          "\"finish_reason\":null}],\"usage\":null}");
      ends.add(bytes.size());
      texts.add(said.toString());
    }
    event(bytes, end, random, "{\"choices\":[{\"delta\":{},", "\"finish_reason\":\"stop\"}]}");
    ends.add(bytes.size());
    texts.add(said.toString());
    int finish = ends.size();
    event(
        bytes,
        end,
        random,
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,",
        "\"prompt_tokens_details\":{\"cached_tokens\":3},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}");
    ends.add(bytes.size());
    texts.add(said.toString());
    bytes.writeBytes(
        ("data: [DONE]" + (random.nextBoolean() ? end + end : ""))
            .getBytes(StandardCharsets.UTF_8));
    ends.add(bytes.size());
    texts.add(said.toString());
    return new Recorded(ByteString.of(bytes.toByteArray()), ends, texts, finish);
  }

  /** An event, sometimes with its data in two lines. */
  private static void event(
      ByteArrayOutputStream bytes, String end, SplittableRandom random, String a, String b) {
    String data = "data: " + a + (random.nextInt(4) == 0 ? end + "data:" : "") + b;
    bytes.writeBytes((data + end + end).getBytes(StandardCharsets.UTF_8));
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
