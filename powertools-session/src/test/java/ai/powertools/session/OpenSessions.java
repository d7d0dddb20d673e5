package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.powertools.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Sessions for a test: some on the system's time, and as many as it likes on a clock of its own.
 */
abstract class OpenSessions {
  final VirtualClock clock = VirtualClock.autoAdvancing();
  Sessions sessions;
  Session session;

  private final Deque<Sessions> others = new ArrayDeque<>();

  /** Says where they are. */
  abstract SessionsBuilder place(SessionsBuilder builder);

  final Sessions create() {
    return place(Sessions.builder()).open();
  }

  @BeforeEach
  void open() {
    sessions = create();
    session = sessions.open(name());
  }

  @AfterEach
  void close() {
    others.forEach(Sessions::close);
    sessions.close();
    sessions.close();
  }

  static String name() {
    return "project-" + System.nanoTime();
  }

  /** Opens others, on the clock of this test. */
  final Sessions timed(UnaryOperator<SessionsBuilder> choices) {
    Sessions timed = choices.apply(place(Sessions.builder()).time(clock)).open();
    others.push(timed);
    return timed;
  }

  final Sessions timed() {
    return timed(UnaryOperator.identity());
  }

  final void pass(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  static SessionException refusal(ThrowingCallable call) {
    SessionException refusal = catchThrowableOfType(SessionException.class, call);
    assertThat(refusal).as("a SessionException").isNotNull();
    return refusal;
  }
}
