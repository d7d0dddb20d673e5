package ai.powertools.router.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.core.DeadlineExceededException;
import ai.powertools.models.Certainty;
import ai.powertools.models.TokenCounter;
import ai.powertools.models.Tokenizer;
import ai.powertools.models.Usage;
import ai.powertools.models.Usd;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatResponse;
import ai.powertools.router.Content;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.FinishReason;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.Message;
import ai.powertools.router.NoFeasibleModelException;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.StreamEvent;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExtractiveTest {
  private static final String DIGEST =
      "[builtin:extractive – sentences quoted from the text, no language model]";
  private static final String PASSAGES =
      "[builtin:extractive – passages quoted from the documents, no language model]";

  private final Extractive builtin = Extractive.create();

  private static ChatRequest.Builder about(String name, String text, String words) {
    return ChatRequest.builder()
        .message(Message.user(new Content.Document(name, text), new Content.Text(words)));
  }

  private static ChatRequest.Builder handbook(String question) {
    return about("handbook.md", Texts.HANDBOOK, question);
  }

  private ChatResponse chat(ChatRequest request) {
    return builtin.chat(
        new ProviderCall("extractive", request, Optional.empty(), Deadline.never()));
  }

  private String text(ChatRequest.Builder request, String task) {
    return chat(request.task(task).build()).text();
  }

  private Optional<String> refusal(ChatRequest.Builder request) {
    return builtin.refusal(builtin.model("extractive").facts().orElseThrow(), request.build());
  }

  // Digests

  @Test
  void summarizesAReportByWhatItIsAboutInTheOrderOfTheText() {
    String summary = text(about("report.txt", Texts.REPORT, "Sum it up."), "summarize");

    assertThat(summary.lines().findFirst()).contains(DIGEST);
    assertThat(summary)
        .contains("The ferry company lost its night service to the islands this spring.")
        .doesNotContain("stamps", "Blue is a colour");
    List<Integer> places = new ArrayList<>();
    for (String sentence : summary.lines().skip(2).toList()) {
      places.add(Markdown.oneLine(Texts.REPORT).indexOf(sentence));
    }
    assertThat(places).doesNotContain(-1).isSorted();
    assertThat(summary.split("\\.", -1)).hasSize(1 + 5); // five full stops
  }

  @Test
  void listsKeyPointsWithItemsOfLists() {
    String points = text(handbook("?"), "key_points");

    List<String> lines = points.lines().toList();
    assertThat(lines.get(0)).isEqualTo(DIGEST);
    assertThat(lines.subList(2, lines.size()))
        .hasSize(7)
        .allMatch(line -> line.startsWith("- "))
        .anyMatch(line -> line.contains("wheel"));
    assertThat(points).doesNotContain("code", "comment", "season | days", "![", "**");
  }

  @Test
  void sumsUpWhatThePersonSaysWhenThereIsNoDocument() {
    ChatRequest.Builder request = ChatRequest.builder().system("Be kind.").user(Texts.REPORT);

    assertThat(text(request, "summarize")).contains("ferry company").doesNotContain("From ");
  }

  @Test
  void sumsUpTheDocumentsOfTheLastMessageElseThoseOfTheConversation() {
    ChatRequest.Builder both = handbook("Keep this.").message(Message.assistant("I will."));
    ChatRequest.Builder second =
        both.build().toBuilder()
            .message(
                Message.user(
                    new Content.Document("report.txt", Texts.REPORT), new Content.Text("This?")));
    ChatRequest.Builder later = second.build().toBuilder().user("And all of it?");

    assertThat(text(both.user("Well?"), "summarize")).contains("mill");
    assertThat(text(second, "summarize")).contains("ferry").doesNotContain("mill", "From");
    assertThat(text(later, "summarize")).contains("From report.txt:\n").contains("ferry");
  }

  @Test
  void sumsUpTextsInOtherLanguages() {
    assertThat(text(about("m.txt", Texts.CHINESE, "?"), "summarize").lines().skip(2))
        .isNotEmpty()
        .allMatch(Texts.CHINESE::contains);
    assertThat(text(about("m.txt", Texts.GERMAN, "?"), "summarize")).contains("Die Gezeitenmühle");
  }

  @Test
  void aShortTextIsShortenedAndAnythingIsBetterThanNothing() {
    assertThat(text(about("a", "Only one. And another.", "?"), "summarize").lines().skip(2))
        .containsExactly("Only one.");
    assertThat(text(about("a", "# A title\n\n| x | y |", "?"), "summarize").lines().skip(2))
        .containsExactly("A title");
    assertThat(text(about("a", "no full stop, just words", "?"), "summarize"))
        .endsWith("\n\nno full stop, just words");
  }

  @Test
  void neverSaysTheSameTwice() {
    String same = "The very same long sentence is said again and again here. ";
    String almost = "The very same long sentence is said again, and again here! ";
    String other = "Yet there is another sentence in this text that says something new. ";
    String third = "A third one speaks of the weather on the coast of Norway. ";
    String text = same.repeat(20) + almost + other + almost + third + same.repeat(20);

    assertThat(text(about("a", text, "?"), "summarize"))
        .containsOnlyOnce("The very same long sentence")
        .containsAnyOf(other.strip(), third.strip());
  }

  @Test
  void saysSoWhenThereIsNothingToQuote() {
    assertThat(text(about("a.md", "```\nint x;\n```\n", "?"), "summarize"))
        .isEqualTo(DIGEST + "\n\nThere is no sentence to quote: the text is all code or marks.");
  }

  // Questions

  @Test
  void answersWithPassagesAndTheirDocument() {
    String answer = text(handbook("Do I get a refund when there is a storm?"), "answer");

    assertThat(answer)
        .startsWith(PASSAGES + "\n\nFrom handbook.md:\n“")
        .contains("If a storm closes the mill, every ticket is refunded in full.”")
        .doesNotContain("Not in the documents");
  }

  @Test
  void findsRowsOfTablesAndPassagesByTheirHeading() {
    assertThat(text(handbook("In winter?"), "chat"))
        .contains("“winter | Saturdays only | 10.00 to 15.00”");
    assertThat(text(handbook("What about opening hours?"), "chat")).contains("“summer | every day");
  }

  @Test
  void remembersDocumentsThatWereGivenBefore() {
    ChatRequest.Builder talk =
        handbook("When was it built?")
            .message(Message.assistant("1742"))
            .user("And who drew the plans?");

    assertThat(text(talk, "chat")).contains("ask Dr. Amelia Hart, who drew them in 1998.");
  }

  @Test
  void searchesAllDocumentsAndNamesThem() {
    ChatRequest.Builder request =
        ChatRequest.builder()
            .message(
                Message.user(
                    new Content.Document("handbook.md", Texts.HANDBOOK),
                    new Content.Document("report.txt", Texts.REPORT),
                    new Content.Document("report.txt", Texts.REPORT),
                    new Content.Text("Who will pay for a second crew, and who oils the moon?")));
    String answer = text(request, "answer");

    assertThat(answer)
        .contains("From report.txt:\n“")
        .contains("second crew")
        .endsWith("\n\nNot in the documents: oils, moon.");
    assertThat(answer.split("The council offered", -1)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void answersInOtherLanguagesByTheirOwnWords() {
    assertThat(text(about("m.txt", Texts.GERMAN, "Was kostet der Eintritt?"), "answer"))
        .contains("Der Eintritt kostet für Erwachsene 3,50 Euro.")
        .doesNotContain("Not in the documents");
    assertThat(text(about("m.txt", Texts.CHINESE, "冬天什么时候开放？"), "answer")).contains("冬天只在星期六开放。");
  }

  @Test
  void saysPlainlyWhenNothingMatches() {
    assertThat(text(handbook("Quantum chromodynamics?"), "answer"))
        .isEqualTo(
            PASSAGES
                + "\n\nNo passage of handbook.md has a word of the question."
                + " Ask in words that the text may use.");
    ChatRequest.Builder many = ChatRequest.builder();
    for (int i = 1; i <= 5; i++) {
      many.message(Message.user(new Content.Document(i + ".txt", "Text " + i + ".")));
    }
    assertThat(text(many.user("Why?"), "answer"))
        .contains("No passage of 1.txt, 2.txt, 3.txt and 2 more has a word of the question.");
  }

  @Test
  void headingsAreQuotedWhenThereIsNothingElse() {
    assertThat(text(about("a.md", "# Grinding flour\n# Sailing home", "flour?"), "answer"))
        .contains("“Grinding flour”");
  }

  // What it is to a router

  @Test
  void isLocalFreeAndTheLastResort() {
    ChatModel model = builtin.model("extractive");

    assertThat(builtin.name()).isEqualTo("builtin");
    assertThat(builtin.isLocal()).isTrue();
    assertThat(builtin.isLastResort()).isTrue();
    assertThat(model.label()).isEqualTo("builtin:extractive");
    assertThat(model.facts().orElseThrow().tokenizer()).isEqualTo(Tokenizer.WORDS);
    assertThatThrownBy(() -> builtin.model("gpt-5"))
        .hasMessage("The built-in provider has one model, \"extractive\", not \"gpt-5\".");
  }

  @Test
  void reportsExactlyTheWordsThatWereEstimatedAndWrittenAndCostsNothing() {
    LlmRouter router = LlmRouter.builder().model(builtin.model("extractive")).build();
    ChatRequest request = handbook("Sum it up.").task("summarize").localOnly(true).build();

    RoutedResponse answer = router.route(request);

    ChatResponse response = answer.response();
    long written = TokenCounter.of(Tokenizer.WORDS).count(response.text()).tokens();
    long read = answer.decision().candidates().get(0).tokens().input();
    assertThat(response.usage()).isEqualTo(Usage.of(read, written));
    assertThat(response.usageCertainty()).isEqualTo(Certainty.EXACT);
    assertThat(response.provider()).isEqualTo("builtin");
    assertThat(response.model()).isEqualTo("extractive");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.decision().cost()).contains(Usd.ZERO);
  }

  @Test
  void givesTheSameAnswerAgain() {
    ChatRequest request = handbook("Sum it up.").task("summarize").build();

    assertThat(chat(request).text())
        .isEqualTo(
            Extractive.create()
                .chat(new ProviderCall("extractive", request, Optional.empty(), Deadline.never()))
                .text());
  }

  @Test
  void tellsTheNoticeAndThenEachSentence() {
    VirtualClock clock = VirtualClock.create();
    List<StreamEvent> told = new ArrayList<>();
    ChatRequest request = about("r", Texts.REPORT, "?").task("summarize").build();
    ChatResponse response =
        Extractive.create(clock)
            .chat(
                new ProviderCall(
                    "extractive",
                    request,
                    Optional.of(
                        event -> {
                          told.add(event);
                          clock.advance(Duration.ofSeconds(1));
                        }),
                    Deadline.never()));

    List<String> deltas =
        told.stream().map(event -> ((StreamEvent.TextDelta) event).text()).toList();
    assertThat(deltas).hasSize(1 + 5).first().isEqualTo(DIGEST);
    assertThat(String.join("", deltas)).isEqualTo(response.text());
    assertThat(response.timeToFirstToken()).contains(Duration.ZERO);
    assertThat(response.duration()).isEqualTo(Duration.ofSeconds(6));
    assertThat(chat(request).timeToFirstToken()).isEmpty();
  }

  // Refusals

  @Test
  void refusesAQuestionWithoutATextAndSaysWhatWouldHelp() {
    assertThat(refusal(ChatRequest.builder().user("Why is the sky blue?")))
        .contains(
            "it only quotes from a text that it is given, and knows nothing else; attach a text"
                + " with --file, or set OPENAI_API_KEY or start Ollama to ask a language model");
    assertThat(refusal(ChatRequest.builder().user("Why?").localOnly(true)))
        .get()
        .asString()
        .endsWith("or start Ollama to ask a language model on this machine")
        .doesNotContain("OPENAI");
    assertThat(refusal(handbook("Why?"))).isEmpty();
  }

  @Test
  void refusesEmptyTextsAndQuestions() {
    assertThat(refusal(about("a.txt", " \n", "Why?")))
        .get()
        .asString()
        .startsWith("the text is empty, and it only quotes from a text that it is given; attach");
    assertThat(refusal(ChatRequest.builder().user("  ").task("summarize")))
        .get()
        .asString()
        .startsWith("the text is empty");
    assertThat(refusal(ChatRequest.builder().system("Be kind.").task("key_points")))
        .get()
        .asString()
        .startsWith("the text is empty");
    assertThat(refusal(handbook(" ")))
        .contains(
            "there is no question; ask one in words that the text may use, or choose the task"
                + " summarize or key_points");
    assertThat(refusal(handbook(" ").task("summarize"))).isEmpty();
  }

  @Test
  void refusesWhatItCanNotDo() {
    assertThat(refusal(handbook("Bonjour?").task("translate")))
        .contains(
            "it can summarize, list key points, and quote what answers a question, but knows no"
                + " task \"translate\"; for that, set OPENAI_API_KEY or start Ollama to ask a"
                + " language model");
  }

  @Test
  void aRouterPassesTheRefusalOn() {
    LlmRouter router = LlmRouter.builder().model(builtin.model("extractive")).build();

    assertThatThrownBy(() -> router.route(ChatRequest.of("Why is the sky blue?")))
        .isInstanceOf(NoFeasibleModelException.class)
        .hasMessageContaining("builtin:extractive: it only quotes from a text");
  }

  @Test
  void failsWhenItIsAskedAllTheSame() {
    for (ChatRequest request :
        List.of(ChatRequest.of("Why?"), handbook("Why?").task("translate").build())) {
      assertThatThrownBy(() -> chat(request))
          .isInstanceOfSatisfying(
              ProviderException.class,
              error -> {
                assertThat(error.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
                assertThat(error).hasMessageContaining("builtin:extractive gave no answer: it ");
              });
    }
  }

  // Limits

  @Test
  void fitsSentencesIntoALimitInsteadOfCutting() {
    ChatResponse response =
        chat(about("r", Texts.REPORT, "?").task("summarize").maxOutputTokens(45).build());

    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.usage().outputTokens()).isLessThanOrEqualTo(45);
    assertThat(response.text()).startsWith(DIGEST).endsWith(".").doesNotContain("…");
  }

  @Test
  void cutsOnlyWhenNotEvenOneSentenceFits() {
    ChatResponse some =
        chat(about("r", Texts.REPORT, "?").task("summarize").maxOutputTokens(5).build());
    ChatResponse none =
        chat(about("r", Texts.REPORT, "?").task("summarize").maxOutputTokens(1).build());

    assertThat(some.text()).startsWith("[builtin:extractive]\n\nThe ").endsWith("…");
    assertThat(some.usage().outputTokens()).isEqualTo(5);
    assertThat(some.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(none.text()).isEqualTo("[builtin:extractive]");
    assertThat(none.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void quotesFewerPassagesWithinALimit() {
    ChatRequest request = handbook("What does the miller do with the wheel and the pond?").build();
    ChatResponse free = chat(request);
    ChatResponse tight = chat(request.toBuilder().maxOutputTokens(40).build());
    ChatResponse tiny = chat(request.toBuilder().maxOutputTokens(7).build());

    assertThat(free.text().split("“", -1)).hasSizeGreaterThan(2);
    assertThat(tight.usage().outputTokens()).isLessThanOrEqualTo(40);
    assertThat(tiny.usage().outputTokens()).isEqualTo(7);
    assertThat(tiny.text()).endsWith("…");
    assertThat(tiny.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  // Being called off

  @Test
  void doesNothingOnAnInterruptedThread() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> chat(handbook("Why?").build()))
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while reading handbook.md.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNothingAfterTheDeadline() {
    ProviderCall late =
        new ProviderCall(
            "extractive",
            handbook("Why?").build(),
            Optional.empty(),
            Deadline.after(Duration.ZERO));

    assertThatThrownBy(() -> builtin.chat(late))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("No time left for reading handbook.md");
  }

  @Test
  void stopsInTheMiddleOfTellingWhenTimeIsUp() {
    VirtualClock clock = VirtualClock.create();
    AtomicInteger told = new AtomicInteger();
    ProviderCall call =
        new ProviderCall(
            "extractive",
            about("r", Texts.REPORT, "?").task("summarize").build(),
            Optional.of(
                event -> {
                  told.incrementAndGet();
                  clock.advance(Duration.ofSeconds(1));
                }),
            Deadline.after(Duration.ofSeconds(2), clock));

    assertThatThrownBy(() -> builtin.chat(call))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("handing on the answer");
    assertThat(told).hasValue(2);
  }

  @Test
  void canBeCalledOffBetweenAnyTwoSteps() {
    List<String> steps = new ArrayList<>();
    Corpus corpus = Corpus.read(List.of(new Content.Document("r", Texts.REPORT)), steps::add);
    new Digest(corpus, Digest.Style.SUMMARY).choose(100, steps::add);
    new Search(corpus).find("Who pays?", steps::add);

    assertThat(steps.stream().distinct())
        .containsExactly(
            "reading r",
            "finding sentences",
            "comparing sentences",
            "ranking sentences",
            "choosing sentences",
            "searching passages",
            "choosing passages");
  }

  // Size

  @Test
  void readsAMegabyte() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 1_000_000; i++) {
      text.append("Chapter ").append(i).append(" tells of keeper number ").append(i * 7 % 1_000);
      text.append(" and of the lamp in tower ").append(i * 13 % 97).append(". ");
      text.append(i % 9 == 0 ? "\n\n" : "");
    }
    text.append("At last the harbour master of Ferring closes the log.");
    ChatRequest.Builder request = about("log.txt", text.toString(), "Who closes the log?");

    assertThat(text(request, "summarize").split(" tells of keeper number ", -1)).hasSize(1 + 5);
    assertThat(text(request, "answer")).contains("the harbour master of Ferring closes the log.");
  }

  @Test
  void readsAMegabyteInOneLineWithoutAnEnd() {
    String text = "andonandon".repeat(100_000);

    assertThat(text(about("a", text, "?"), "summarize")).startsWith(DIGEST);
    assertThat(text(about("a", text, "andonandon"), "answer")).startsWith(PASSAGES);
  }

  @Test
  void sumsUpTheLicenceOfThisRepository() throws IOException {
    Path licence = Path.of("..", "LICENSE");
    assumeTrue(Files.exists(licence), "skipped: there is no " + licence.toAbsolutePath());
    String text = Files.readString(licence);

    String summary = text(about("LICENSE", text, "?"), "summarize");
    assertThat(summary.lines().skip(2)).isNotEmpty();
    assertThat(text(about("LICENSE", text, "Is there any warranty?"), "answer"))
        .contains("WITHOUT WARRANTY OF ANY KIND");
  }
}
