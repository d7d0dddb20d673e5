package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.memory.chat.TokenWindowChatMemory;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own memories over sessions. */
class LangChain4jMemoryTest {
  @TempDir Path folder;

  /** The adapter of the guide. */
  record SessionChatMemoryStore(ChatMemories memories) implements ChatMemoryStore {
    @Override
    public List<ChatMessage> getMessages(Object id) {
      return memories.messages(id).stream().map(ChatMessageDeserializer::messageFromJson).toList();
    }

    @Override
    public void updateMessages(Object id, List<ChatMessage> messages) {
      memories.update(id, messages.stream().map(ChatMessageSerializer::messageToJson).toList());
    }

    @Override
    public void deleteMessages(Object id) {
      memories.delete(id);
    }
  }

  private Sessions open() {
    return Sessions.at(folder.resolve("state.db"));
  }

  private static ChatMemory window(Sessions sessions, int messages) {
    return MessageWindowChatMemory.builder()
        .id("user-17")
        .maxMessages(messages)
        .chatMemoryStore(new SessionChatMemoryStore(ChatMemories.in(sessions)))
        .build();
  }

  @Test
  void aWindowOfMessagesIsStillThereWhenTheFileIsOpenedAgain() {
    List<ChatMessage> before;
    try (Sessions sessions = open()) {
      ChatMemory memory = window(sessions, 4);
      memory.add(SystemMessage.from("Be brief."));
      for (int i = 1; i <= 5; i++) {
        memory.add(UserMessage.from("question " + i));
        memory.add(AiMessage.from("answer \"" + i + "\""));
      }
      before = memory.messages();
      assertThat(before)
          .containsExactly(
              SystemMessage.from("Be brief."),
              AiMessage.from("answer \"4\""),
              UserMessage.from("question 5"),
              AiMessage.from("answer \"5\""));
    }
    try (Sessions sessions = open()) {
      ChatMemory memory = window(sessions, 4);
      assertThat(memory.messages()).isEqualTo(before);
      memory.add(UserMessage.from("question 6"));
      assertThat(memory.messages()).hasSize(4).contains(UserMessage.from("question 6"));
      assertThat(sessions.open("chat:user-17").log("messages", String.class))
          .as("each is written once, the system's too")
          .filteredOn(json -> json.contains("Be brief.") || json.contains("question 5"))
          .hasSize(2);
      assertThat(sessions.verify().problems()).isEmpty();
      memory.clear();
      assertThat(sessions.list()).isEmpty();
    }
  }

  @Test
  void aWindowOfTokensDropsTheOldest() {
    try (Sessions sessions = open()) {
      ChatMemory memory =
          TokenWindowChatMemory.builder()
              .id(5)
              .maxTokens(25, new Letters())
              .chatMemoryStore(new SessionChatMemoryStore(ChatMemories.in(sessions)))
              .build();
      for (int i = 1; i <= 9; i++) {
        memory.add(UserMessage.from("ten chars" + i));
      }
      assertThat(memory.messages())
          .containsExactly(UserMessage.from("ten chars8"), UserMessage.from("ten chars9"));
      assertThat(sessions.open("chat:5").page("messages", 1, 99, String.class))
          .extracting(LogEntry::seq)
          .containsExactly(8L, 9L);
    }
  }

  /** Counts a letter as a token. */
  private static final class Letters implements TokenCountEstimator {
    @Override
    public int estimateTokenCountInText(String text) {
      return text.length();
    }

    @Override
    public int estimateTokenCountInMessage(ChatMessage message) {
      return ((UserMessage) message).singleText().length();
    }

    @Override
    public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
      int sum = 0;
      for (ChatMessage message : messages) {
        sum += estimateTokenCountInMessage(message);
      }
      return sum;
    }
  }
}
