package ai.powertools.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Conversations of ten messages, the same every time. Texts are the prompts of the routing data
 * where {@code POWERTOOLS_DATA} says where that is, each used once; else random words.
 *
 * @param source where the texts are from
 * @param conversations each a list of messages, oldest first
 */
record ChatCorpus(String source, List<List<ChatEntry>> conversations) {
  private static final int MESSAGES = 10;
  private static final int LETTERS_IN_A_TOKEN = 4;
  private static final int LONGEST_PAUSE_SECONDS = 90;
  private static final List<String> MODELS =
      List.of("openai/gpt-5-mini", "anthropic/claude-sonnet-4-6", "google/gemini-2.5-flash");

  /** Makes it; the list is copied. */
  ChatCorpus {
    conversations = List.copyOf(conversations);
  }

  /**
   * Of that many conversations at most.
   *
   * @param environment in which {@code POWERTOOLS_DATA} may be
   */
  static ChatCorpus load(Map<String, String> environment, int most) throws IOException {
    Optional<Path> file =
        Optional.ofNullable(environment.get("POWERTOOLS_DATA"))
            .map(data -> Path.of(data, "routing", "outcomes-dev.jsonl"))
            .filter(Files::exists);
    return file.isPresent()
        ? new ChatCorpus("prompts", conversations(prompts(file.get(), most * MESSAGES)))
        : new ChatCorpus("random words", conversations(words(most * MESSAGES)));
  }

  private static List<String> prompts(Path file, int most) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<String> prompts = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      JsonNode prompt = mapper.readTree(line).path("prompt");
      if (prompt.isTextual() && prompts.size() < most) {
        prompts.add(prompt.textValue());
      }
    }
    return prompts;
  }

  /** As long as prompts are: most of them short, some long. */
  private static List<String> words(int count) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> vocabulary = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      vocabulary.add(word(random));
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> text = new ArrayList<>();
      int length = (int) (20 * Math.exp(random.nextGaussian())) + 3;
      for (int j = 0; j < length; j++) {
        double chance = random.nextDouble();
        text.add(vocabulary.get((int) (vocabulary.size() * chance * chance * chance)));
      }
      texts.add(String.join(" ", text));
    }
    return texts;
  }

  private static String word(RandomGenerator random) {
    StringBuilder word = new StringBuilder();
    int length = 2 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt('z' - 'a' + 1)));
    }
    return word.toString();
  }

  private static List<List<ChatEntry>> conversations(List<String> texts) {
    SplittableRandom random = new SplittableRandom(11);
    Instant now = Instant.parse("2026-08-01T08:00:00Z");
    List<List<ChatEntry>> all = new ArrayList<>();
    for (int i = 0; i + MESSAGES <= texts.size(); i += MESSAGES) {
      String model = MODELS.get(random.nextInt(MODELS.size()));
      long tokens = 0;
      List<ChatEntry> messages = new ArrayList<>();
      for (String text : texts.subList(i, i + MESSAGES)) {
        now = now.plusMillis(1 + random.nextLong(1_000L * LONGEST_PAUSE_SECONDS));
        boolean asks = messages.size() % 2 == 0;
        long length = text.length() / LETTERS_IN_A_TOKEN + 1L;
        messages.add(
            new ChatEntry(
                asks ? "user" : "assistant",
                text,
                model,
                new ChatEntry.Used(asks ? tokens + length : tokens, asks ? 0 : length),
                now.toString()));
        tokens += length;
      }
      all.add(List.copyOf(messages));
    }
    return all;
  }
}
