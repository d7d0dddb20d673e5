package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptMessageTest {
  @Test
  void hasTheRoleOfItsFactory() {
    assertThat(PromptMessage.system("a").role()).isEqualTo("system");
    assertThat(PromptMessage.user("a").role()).isEqualTo("user");
    assertThat(PromptMessage.assistant("a").role()).isEqualTo("assistant");
    assertThat(PromptMessage.tool("a").role()).isEqualTo("tool");
    assertThat(PromptMessage.user("a").named("b").name()).contains("b");
  }

  @Test
  void refusesABlankRoleAndABlankName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PromptMessage(" ", "a", Optional.empty()))
        .withMessage("The role of a message is blank. Give one, such as \"user\".");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PromptMessage.user("a").named(""))
        .withMessage("The name in a message of role \"user\" is blank. Give one, or leave it out.");
  }
}
