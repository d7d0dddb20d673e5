package ai.powertools.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestLogTest {
  private static final RecordedRequest REQUEST =
      new RecordedRequest("GET", "/v1/models", Map.of(), MissingNode.getInstance());

  @Test
  void saysWhatCameInsteadWhenPatienceEnds() {
    RequestLog log = new RequestLog(Duration.ofMillis(1));
    log.add(REQUEST);

    assertThatThrownBy(() -> log.awaitRequests(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Within 0 s only 1 of 2 requests came. Received: [GET /v1/models {} ]");
    assertThatThrownBy(() -> log.awaitAbandoned(1))
        .hasMessageStartingWith("Within 0 s only 0 of 1 responses were given up.");
  }

  @Test
  void wakesWhoWaitsWhenEnoughHasCome() {
    RequestLog log = new RequestLog(Duration.ofMinutes(2));
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                log.awaitRequests(2);
                log.awaitAbandoned(1);
                return log.requests().size();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    log.add(REQUEST);
    log.add(REQUEST);
    log.addAbandoned();

    assertThat(waiting.join()).isEqualTo(2);
  }

  @Test
  void keepsTheLastAndCountsAll() throws InterruptedException {
    RequestLog log = new RequestLog(Duration.ofMillis(1));
    log.add(new RecordedRequest("GET", "/first", Map.of(), MissingNode.getInstance()));
    log.add(new RecordedRequest("GET", "/second", Map.of(), MissingNode.getInstance()));

    log.keepLast(1);
    assertThat(log.requests()).extracting(RecordedRequest::path).containsExactly("/second");
    assertThat(log.add(REQUEST)).isEqualTo(3);

    assertThat(log.requests()).containsExactly(REQUEST);
    log.awaitRequests(3);
    assertThatThrownBy(() -> log.keepLast(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Can't keep fewer than no requests: -1");
  }
}
