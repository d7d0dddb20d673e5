package ai.powertools.router.extractive;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Time;
import ai.powertools.models.Certainty;
import ai.powertools.models.Model;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.Message;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.ResponseFormat;
import ai.powertools.router.StreamEvent;
import ai.powertools.router.VendorDetails;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The provider {@code builtin}, with one model, {@code extractive}: it answers with sentences of
 * the text that it is given. No language model, no key, no network; the same request always gets
 * the same answer, and it costs exactly $0. Every answer says in its first line what it is.
 *
 * <p>By the task of the request:
 *
 * <ul>
 *   <li>{@code summarize}: the five most central sentences, in the order of the text;
 *   <li>{@code key_points}: the seven most central sentences or list items, as a list;
 *   <li>{@code answer} and {@code chat}: up to three passages of the documents that fit the last
 *       question best, with the documents' names; when none has a word of it, it says so.
 * </ul>
 *
 * Of a text of few sentences, a digest is no more than half. Of a text of more than 1,000, only the
 * 1,000 nearest to what all of it is about are compared with each other, so that time grows with
 * the length of the text and no faster.
 *
 * <p>A digest is of the documents that came with the last message of the person, else of those of
 * the whole conversation, else of what that message says. A question is answered from the documents
 * of the whole conversation. Anything else is {@linkplain #refusal refused}.
 *
 * <p>Tokens are words between white space. A limit of the output is kept by choosing fewer and
 * shorter sentences; only if not even one fits, it is cut, and the answer ends with {@link
 * FinishReason#LENGTH}. Safe for use by many threads.
 */
public final class Extractive implements ChatProvider {
  private static final String NAME = "builtin";
  private static final String MODEL = "extractive";

  /** About 60 MB of English; a text is held in memory a few times over while it is read. */
  private static final long CONTEXT_WORDS = 10_000_000;

  private static final TokenCounter WORDS = TokenCounter.of(Tokenizer.WORDS);

  private final Time time;

  private Extractive(Time time) {
    this.time = time;
  }

  /** The provider. */
  public static Extractive create() {
    return create(Time.system());
  }

  /** The provider, with durations measured on a clock of one's own. */
  public static Extractive create(Time time) {
    return new Extractive(time);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Always: it is in the process. */
  @Override
  public boolean isLocal() {
    return true;
  }

  /** Always: any language model answers better. */
  @Override
  public boolean isLastResort() {
    return true;
  }

  /**
   * Its model.
   *
   * @throws IllegalArgumentException if {@code id} is not {@code extractive}
   */
  @Override
  public ChatModel model(String id) {
    if (!id.equals(MODEL)) {
      throw new IllegalArgumentException(
          "The built-in provider has one model, \"extractive\", not \"" + id + "\".");
    }
    return model(Model.local(NAME, MODEL, CONTEXT_WORDS));
  }

  /** What it can't do, and what would help: other tasks, and answers without a text. */
  @Override
  public Optional<String> refusal(Model model, ChatRequest request) {
    return beyond(request).or(() -> refusal(request));
  }

  /** It quotes, and does nothing of what only a language model can. */
  private static Optional<String> beyond(ChatRequest request) {
    String what = "";
    if (!request.tools().isEmpty()) {
      what = "calls no tools";
    } else if (!(request.responseFormat() instanceof ResponseFormat.Text)) {
      what = "answers in words only";
    } else if (request.has(Content.Image.class)
        || request.has(Content.Audio.class)
        || request.has(Content.File.class)) {
      what = "reads text only";
    }
    return what.isEmpty()
        ? Optional.empty()
        : Optional.of("it only quotes, and " + what + "; " + remedy(request));
  }

  private static Optional<String> refusal(ChatRequest request) {
    return Skill.of(request.task())
        .map(skill -> refusal(skill, request))
        .orElseGet(
            () ->
                Optional.of(
                    "it can summarize, list key points, and quote what answers a question, but"
                        + " knows no task \""
                        + request.task()
                        + "\"; for that, "
                        + remedy(request)));
  }

  private static Optional<String> refusal(Skill skill, ChatRequest request) {
    Material material = Material.of(request, skill);
    if (material.documents().isEmpty()) {
      return Optional.of(
          "it only quotes from a text that it is given, and knows nothing else; attach a text with"
              + " --file, or "
              + remedy(request));
    }
    if (!material.hasText()) {
      return Optional.of(
          "the text is empty, and it only quotes from a text that it is given; attach one with"
              + " --file, or "
              + remedy(request));
    }
    if (skill == Skill.ANSWER && material.question().isBlank()) {
      return Optional.of(
          "there is no question; ask one in words that the text may use, or choose the task"
              + " summarize or key_points");
    }
    return Optional.empty();
  }

  private static String remedy(ChatRequest request) {
    return request.localOnly()
        ? "start Ollama to ask a language model on this machine"
        : "set OPENAI_API_KEY or start Ollama to ask a language model";
  }

  /**
   * Answers. The listener gets the notice, then each sentence.
   *
   * @throws ProviderException if the request is one that it {@linkplain #refusal refuses}
   * @throws CancelledException if the thread is interrupted; the flag stays set
   * @throws ai.powertools.core.DeadlineExceededException if the deadline passes
   */
  @Override
  public ChatResponse chat(ProviderCall call) {
    long start = time.nanos();
    ChatRequest request = call.request();
    Skill skill = Skill.of(request.task()).orElseThrow(() -> refused(call));
    if (beyond(request).isPresent() || refusal(skill, request).isPresent()) {
      throw refused(call);
    }
    Checkpoint checkpoint = what -> goOn(call, what);
    Reply reply = reply(skill, request, checkpoint);
    Optional<Duration> first = tell(reply, call, start);
    String text = reply.text();
    List<String> said = request.messages().stream().map(Message::text).toList();
    return new ChatResponse(
        text.isEmpty() ? List.of() : List.of(new Content.Text(text)),
        NAME,
        call.model(),
        Usage.of(WORDS.countChat(said).tokens(), WORDS.count(text).tokens()),
        Certainty.EXACT,
        reply.isCut() ? FinishReason.LENGTH : FinishReason.STOP,
        Optional.empty(),
        first,
        time.since(start),
        VendorDetails.NONE);
  }

  private static Reply reply(Skill skill, ChatRequest request, Checkpoint checkpoint) {
    Material material = Material.of(request, skill);
    Corpus corpus = Corpus.read(material.documents(), checkpoint);
    Reply reply =
        new Reply(
            request.maxOutputTokens(),
            skill == Skill.ANSWER
                ? "passages quoted from the documents, no language model"
                : "sentences quoted from the text, no language model");
    switch (skill) {
      case SUMMARIZE -> digest(new Digest(corpus, Digest.Style.SUMMARY), reply, checkpoint);
      case KEY_POINTS -> digest(new Digest(corpus, Digest.Style.KEY_POINTS), reply, checkpoint);
      case ANSWER -> new Search(corpus).write(material.question(), reply, checkpoint);
    }
    return reply;
  }

  private static void digest(Digest digest, Reply reply, Checkpoint checkpoint) {
    if (!digest.write(reply, checkpoint)) {
      reply.add("\n\n", "There is no sentence to quote: the text is all code or marks.");
    }
  }

  /** When the first piece was told; empty if nobody listens. */
  private Optional<Duration> tell(Reply reply, ProviderCall call, long start) {
    Optional<Duration> first = Optional.empty();
    if (call.listener().isPresent()) {
      first = Optional.of(time.since(start));
      for (String piece : reply.pieces()) {
        goOn(call, "handing on the answer");
        call.listener().get().on(new StreamEvent.TextDelta(piece));
      }
    }
    return first;
  }

  private static void goOn(ProviderCall call, String what) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException("Interrupted while " + what + ".", null);
    }
    call.deadline().check(what);
  }

  private ProviderException refused(ProviderCall call) {
    String reason = refusal(Model.local(NAME, MODEL, CONTEXT_WORDS), call.request()).orElseThrow();
    return ProviderException.builder(ErrorKind.INVALID_REQUEST, NAME, call.model(), reason).build();
  }
}
