package ai.powertools.examples;

import ai.powertools.core.Secret;
import ai.powertools.models.ModelCatalog;
import ai.powertools.models.TokenCounter;
import ai.powertools.router.ChatModel;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.Message;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.extractive.Extractive;
import ai.powertools.session.EncryptionKeys;
import ai.powertools.session.Recovered;
import ai.powertools.session.Session;
import ai.powertools.session.Sessions;
import ai.powertools.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * A chat whose process is killed in the middle of a conversation, and that goes on: what was
 * answered is there. {@code docs/tutorials/a-chat-that-survives-restarts.md} goes through it.
 */
public final class ChatThatSurvives {
  private static final String LOG = "messages";

  private ChatThatSurvives() {}

  /** What somebody said: {@code user}, {@code assistant}, or {@code system} for a summary. */
  public record Said(String role, String text) {
    Message message() {
      return switch (role) {
        case "user" -> Message.user(text);
        case "assistant" -> Message.assistant(text);
        default -> Message.system(text);
      };
    }
  }

  /** A conversation that is kept in a session. */
  public static final class Chat {
    private final Session session;
    private final ChatModel model;
    private final TokenCounter counter;

    public Chat(Session session, ChatModel model) {
      this.session = session;
      this.model = model;
      ModelCatalog catalog = ModelCatalog.bundled();
      this.counter = catalog.tokens(catalog.require("gpt-5-mini"));
    }

    /** Asks, and keeps the question with its answer: both or none. */
    public String say(String text) {
      List<Message> messages = new ArrayList<>();
      window(2_000).forEach(said -> messages.add(said.message()));
      messages.add(Message.user(text));
      String answer = model.chat(ChatRequest.builder().messages(messages).build()).text();
      session.appendAll(LOG, List.of(new Said("user", text), new Said("assistant", answer)));
      return answer;
    }

    /** The last messages, as many as have no more than so many tokens. */
    public List<Said> window(long tokens) {
      Deque<Said> window = new ArrayDeque<>();
      List<Said> last = session.tail(LOG, 200, Said.class);
      long left = tokens;
      for (int i = last.size() - 1; i >= 0; i--) {
        left -= counter.count(last.get(i).text()).atMost();
        if (left < 0) {
          break;
        }
        window.addFirst(last.get(i));
      }
      return List.copyOf(window);
    }

    /** Puts a summary in the place of all messages but the last ones. */
    public long shorten(int keep, ChatModel summarizer) {
      return session.summarize(LOG, keep, Said.class, old -> summary(old, summarizer));
    }

    private static Said summary(List<Said> old, ChatModel summarizer) {
      StringBuilder text = new StringBuilder();
      old.forEach(said -> text.append(said.role()).append(": ").append(said.text()).append('\n'));
      ChatRequest request =
          ChatRequest.builder()
              .task("summarize")
              .user(text.toString())
              .maxOutputTokens(200)
              .build();
      return new Said("system", "Before: " + summarizer.chat(request).text());
    }
  }

  /** With a file: the process that is killed. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      talk(Path.of(arguments[0]));
      return;
    }
    Path folder = Files.createTempDirectory("example");
    Path file = folder.resolve("chat.db");
    int answered = 0;
    try (JavaProcess other = JavaProcess.start(ChatThatSurvives.class, file.toString())) {
      while (answered < 20 && other.readLine().isPresent()) {
        answered++;
      }
    } // it is killed here: SIGKILL, whatever it is doing
    EncryptionKeys keys =
        EncryptionKeys.of("2026-11", Secret.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    try (Sessions sessions = Sessions.builder().at(file).encryption(keys).open()) {
      Recovered recovery = sessions.recover("ada");
      Session session = recovery.session();
      System.out.println("intact: " + recovery.found().isIntact());
      System.out.println("all answers are there: " + (session.size(LOG) >= 2L * answered));

      Chat chat = new Chat(session, ScriptedProvider.named("scripted").model("gpt-5-mini"));
      session.snapshot("before");
      chat.shorten(6, Extractive.create().model("extractive"));
      System.out.println("messages, with a summary: " + session.size(LOG));

      Session other = session.fork("ada, again", session.at("before").version());
      System.out.println(new Chat(other, chat.model).say("And if we try it another way?"));
      System.out.println("encrypted anew: " + (sessions.reencrypt() > 0));
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left : files.toList()) {
        Files.delete(left);
      }
    }
    Files.delete(folder);
  }

  private static void talk(Path file) {
    Sessions sessions = Sessions.at(file);
    Chat chat =
        new Chat(sessions.open("ada"), ScriptedProvider.named("scripted").model("gpt-5-mini"));
    for (int i = 1; !System.out.checkError(); i++) {
      chat.say("This is question number " + i + ", and it is about sessions.");
      System.out.println(i); // the answer is durable by now
    }
  }
}
