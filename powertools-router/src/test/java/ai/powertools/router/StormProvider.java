package ai.powertools.router;

import ai.powertools.core.DeadlineExceededException;
import ai.powertools.models.Model;
import ai.powertools.models.Prices;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A provider of the storm: answers, is slow, fails in every way, breaks off, and keeps books of
 * what it charges. Each call has a text of its own, which providers that go on share.
 */
final class StormProvider implements ChatProvider {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<ErrorKind> KINDS = List.of(ErrorKind.values());
  private static final long PER_MILLION = 1_000_000;

  private final Storm storm;
  private final Random random;
  private final String name;
  private final boolean local;
  private final boolean continues;
  private final boolean priced;
  private final long inputPico;
  private final long outputPico;
  private final int longest;

  StormProvider(Storm storm, int number) {
    this.storm = storm;
    this.random = storm.random();
    this.name = "p" + number;
    this.local = random.nextInt(100) < 15;
    this.continues = random.nextInt(100) < 60;
    this.priced = random.nextInt(100) < 90;
    this.inputPico = 100_000L + random.nextInt(20_000_000);
    this.outputPico = 100_000L + random.nextInt(50_000_000);
    this.longest = 20 + random.nextInt(180);
  }

  /** One of its models; all cost the same. */
  ChatModel offered(String id) {
    Model.Builder facts =
        Model.builder(name, id)
            .limits(200 + random.nextInt(5_000), longest)
            .tokenizer(Tokenizer.WORDS);
    if (priced) {
      facts.prices(
          Prices.of(Usd.ofPico(inputPico * PER_MILLION), Usd.ofPico(outputPico * PER_MILLION)));
    }
    return model(facts.build());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isLocal() {
    return local;
  }

  @Override
  public boolean continuesText(String model) {
    return continues;
  }

  @Override
  public ChatResponse chat(ProviderCall call) {
    storm.asked(name + ":" + call.model());
    long input = words(call.request());
    Duration delay = storm.delay();
    boolean hangs = random.nextInt(100) < 4;
    if (!call.deadline().allows(delay) || (hangs && !call.deadline().isNever())) {
      storm.pass(call.deadline().remaining());
      bill(call, Usage.of(input, 0));
      if (random.nextBoolean()) {
        throw failure(ErrorKind.TIMEOUT, call, Usage.of(input, 0));
      }
      throw new DeadlineExceededException("No answer in time.");
    }
    storm.pass(hangs ? PATIENCE : delay);
    int draw = random.nextInt(100);
    if (hangs || draw < 25) {
      throw refuses(call, hangs ? ErrorKind.TIMEOUT : kind(), input);
    }
    String text = text(call);
    if (draw < 40) {
      throw breaksOff(call, text, input);
    }
    tell(call, text);
    Usage usage = Usage.of(input, words(text));
    bill(call, usage);
    storm.answered(name + ":" + call.model());
    return ChatResponse.of(text, name, call.model(), usage);
  }

  /** Most kinds of error; those that put a model out for good are rare. */
  private ErrorKind kind() {
    ErrorKind kind = KINDS.get(random.nextInt(KINDS.size()));
    return switch (kind) {
      case AUTHENTICATION, PERMISSION, CANCELLED, INVALID_REQUEST, CONTENT_POLICY ->
          random.nextInt(5) == 0 ? kind : ErrorKind.SERVER;
      default -> kind;
    };
  }

  private ProviderException refuses(ProviderCall call, ErrorKind kind, long input) {
    if (random.nextInt(3) == 0) {
      bill(call, Usage.of(input, 0));
      return failure(kind, call, Usage.of(input, 0));
    }
    Optional<Duration> wait =
        random.nextBoolean()
            ? Optional.of(Duration.ofMillis(random.nextInt(8_000)))
            : Optional.empty();
    return ProviderException.builder(kind, name, call.model(), "refused")
        .status(kind == ErrorKind.INVALID_REQUEST && random.nextBoolean() ? 404 : 0)
        .retryAfter(wait)
        .build();
  }

  private ProviderException breaksOff(ProviderCall call, String text, long input) {
    String part = text.substring(0, random.nextInt(text.length() + 1));
    tell(call, part);
    Usage used = Usage.of(input, words(part));
    bill(call, used);
    ErrorKind kind = random.nextInt(10) == 0 ? kind() : ErrorKind.NETWORK;
    return failure(kind, call, used);
  }

  private ProviderException failure(ErrorKind kind, ProviderCall call, Usage used) {
    return ProviderException.builder(kind, name, call.model(), "broke off")
        .mayBeBilled(true)
        .partialUsage(Optional.of(used))
        .build();
  }

  private void bill(ProviderCall call, Usage used) {
    if (priced) {
      storm.billed(
          Storm.number(call.request()),
          Usd.ofPico(inputPico * used.inputTokens() + outputPico * used.outputTokens()));
    } else {
      storm.billed(Storm.number(call.request()), null);
    }
  }

  /** What it says: the call's text, or what is left of it, within the length that it may have. */
  private String text(ProviderCall call) {
    int number = Storm.number(call.request());
    List<Message> messages = call.request().messages();
    Message last = messages.get(messages.size() - 1);
    String whole = storm.text(number, name);
    int most = Math.min(longest, call.request().maxOutputTokens().orElse(longest));
    int from = 0;
    if (last.role() == Role.ASSISTANT) {
      int said = Math.min(last.text().length(), whole.length());
      int again = random.nextInt(4) > 0 || said < 20 ? 0 : 20 + random.nextInt(said - 19);
      // Nobody can tell what is repeated from a repetition that is cut short.
      from = words(whole.substring(said - again, said)) < most ? said - again : said;
    }
    return cut(whole.substring(from), most);
  }

  private static String cut(String text, int words) {
    int end = 0;
    for (int i = 0; i < words && end >= 0 && end < text.length(); i++) {
      int space = text.indexOf(' ', end);
      end = space < 0 ? text.length() : space + 1;
    }
    return text.substring(0, end);
  }

  private void tell(ProviderCall call, String text) {
    if (call.listener().isEmpty()) {
      return;
    }
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + 1 + random.nextInt(40));
      call.listener().get().on(new StreamEvent.TextDelta(text.substring(from, to)));
      from = to;
    }
  }

  private static long words(ChatRequest request) {
    return request.messages().stream().mapToLong(message -> words(message.text())).sum();
  }

  private static long words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }
}
