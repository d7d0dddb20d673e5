package ai.powertools.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.core.CancelledException;
import ai.powertools.core.Deadline;
import ai.powertools.models.Usage;
import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptedProviderTest {
  private final List<StreamEvent> told = new ArrayList<>();
  private final ProviderCall call = call(ChatRequest.of("one two three"));

  private ProviderCall call(ChatRequest request) {
    return new ProviderCall("m", request, Optional.of(told::add), Deadline.never());
  }

  private static ProviderCall unheard(ChatRequest request) {
    return new ProviderCall("m", request, Optional.empty(), Deadline.never());
  }

  @Test
  void saysWhatItWasToldToAndThenRepeatsThePerson() {
    ScriptedProvider provider = ScriptedProvider.named("p").answer("first").answer("second");
    ChatRequest talk =
        ChatRequest.builder().user("my words").message(Message.assistant("yours")).build();

    assertThat(provider.chat(call).text()).isEqualTo("first");
    assertThat(provider.chat(call).text()).isEqualTo("second");
    assertThat(provider.chat(call).text()).isEqualTo("one two three");
    assertThat(provider.chat(call(talk)).text()).isEqualTo("my words");
    assertThat(provider.chat(call(ChatRequest.builder().system("rules").build())).text()).isEmpty();
    assertThat(provider.calls()).hasSize(5).first().isSameAs(call);
  }

  @Test
  void countsOneTokenAWordUnlessToldOtherwise() {
    ScriptedProvider provider =
        ScriptedProvider.named("p").answer("a b").answer("a b", Usage.of(7, 9)).answer(" ");

    assertThat(provider.chat(call).usage()).isEqualTo(Usage.of(3, 2));
    assertThat(provider.chat(call).usage()).isEqualTo(Usage.of(7, 9));
    assertThat(provider.chat(call).usage()).isEqualTo(Usage.of(3, 0));
    assertThat(provider.chat(call).usage()).isEqualTo(Usage.of(3, 3));
  }

  @Test
  void tellsAListenerWhatItSays() {
    ScriptedProvider provider = ScriptedProvider.named("p").answer("hello").answer("");
    provider.chat(call);
    provider.chat(call);
    provider.chat(unheard(ChatRequest.of("x")));

    assertThat(told).containsExactly(new StreamEvent.TextDelta("hello"));
  }

  @Test
  void failsAsAProviderWould() {
    ScriptedProvider provider =
        ScriptedProvider.named("p").fail(ErrorKind.SERVER).fail(new IllegalStateException("odd"));

    ProviderException error =
        catchThrowableOfType(ProviderException.class, () -> provider.chat(call));
    assertThat(error.kind()).isEqualTo(ErrorKind.SERVER);
    assertThat(error).hasMessageStartingWith("p:m gave no answer: as scripted (server)");
    assertThat(error.mayBeBilled()).isFalse();
    assertThatThrownBy(() -> provider.chat(call)).hasMessage("odd");
  }

  @Test
  void failsInTheMiddleOfAnAnswer() {
    ScriptedProvider provider =
        ScriptedProvider.named("p")
            .failAfter("Once upon", ErrorKind.NETWORK)
            .failAfter("a time", ErrorKind.NETWORK)
            .failAfter("", ErrorKind.TIMEOUT);

    ProviderException heard =
        catchThrowableOfType(ProviderException.class, () -> provider.chat(call));
    assertThat(told).containsExactly(new StreamEvent.TextDelta("Once upon"));
    assertThat(heard.partialText()).isEqualTo("Once upon");
    assertThat(heard.contentDelivered()).isTrue();
    assertThat(heard.mayBeBilled()).isTrue();
    assertThat(heard.retryable()).isFalse();

    ProviderException unheard =
        catchThrowableOfType(
            ProviderException.class, () -> provider.chat(unheard(ChatRequest.of("x"))));
    assertThat(unheard.partialText()).isEqualTo("a time");
    assertThat(unheard.contentDelivered()).isFalse();
    assertThat(unheard.retryable()).isTrue();

    ProviderException nothing =
        catchThrowableOfType(ProviderException.class, () -> provider.chat(call));
    assertThat(nothing.contentDelivered()).isFalse();
    assertThat(told).hasSize(1);
  }

  @Test
  void takesItsTimeOnTheClockThatItIsGiven() {
    VirtualClock clock = VirtualClock.autoAdvancing();
    ScriptedProvider provider =
        ScriptedProvider.named("p", clock)
            .delay(Duration.ofSeconds(2))
            .delay(Duration.ofSeconds(3))
            .answer("late");

    assertThat(provider.chat(call).text()).isEqualTo("late");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void anInterruptEndsItsWaitAndStaysSet() {
    ScriptedProvider provider =
        ScriptedProvider.named("p", VirtualClock.create()).delay(Duration.ofSeconds(1));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> provider.chat(call))
        .isInstanceOf(CancelledException.class)
        .hasMessage("Interrupted while waiting as scripted.");
    assertThat(Thread.interrupted()).isTrue();
  }
}
