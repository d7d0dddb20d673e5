package ai.powertools.router.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.powertools.core.Deadline;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.ChatRequest;
import ai.powertools.router.ChatStream;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.ProviderCall;
import ai.powertools.router.ProviderException;
import ai.powertools.router.StreamEvent;
import ai.powertools.testing.ProviderSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interrupt ends a call wherever it is, hangs up, and stays set. */
class InterruptedCallIT {
  private final ProviderSimulator simulator = ProviderSimulator.start();
  private final OpenAiCompatible openAi =
      OpenAiCompatible.builder().baseUrl(simulator.url()).build();

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void whileItWaitsForTheHeadOfTheAnswer() throws InterruptedException {
    simulator.stall();
    Running running = start(openAi, ProviderCalls.whole("m", "Hello"));

    simulator.awaitRequests(1);
    ProviderException error = running.interrupt();

    assertThat(error.kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(error.retryable()).isFalse();
    assertThat(error.partialText()).isEmpty();
    simulator.awaitAbandoned(1);
  }

  @Test
  void whileItWaitsForMoreOfTheText() throws InterruptedException {
    simulator.stallAfter("The");
    CountDownLatch told = new CountDownLatch(1);
    Running running =
        start(openAi, ProviderCalls.streamed("m", "Hello", event -> told.countDown()));

    told.await();
    ProviderException error = running.interrupt();

    assertThat(error.kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(error.partialText()).isEqualTo("The");
    assertThat(error.contentDelivered()).isTrue();
    assertThat(error.mayBeBilled()).isTrue();
    simulator.awaitAbandoned(1);
  }

  @Test
  void whenADeadlineRunsToo() throws InterruptedException {
    simulator.stall();
    ProviderCall call = ProviderCalls.whole("m", "Hello");
    Running running =
        start(openAi, ProviderCalls.within(call, Deadline.after(Duration.ofMinutes(5))));

    simulator.awaitRequests(1);

    assertThat(running.interrupt().kind()).isEqualTo(ErrorKind.CANCELLED);
  }

  @Test
  void ofOllamaToo() throws InterruptedException {
    simulator.stallAfter("The");
    CountDownLatch told = new CountDownLatch(1);
    Running running =
        start(
            Ollama.at(simulator.rootUrl()),
            ProviderCalls.streamed("m", "Hello", event -> told.countDown()));

    told.await();
    ProviderException error = running.interrupt();

    assertThat(error.kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(error.partialText()).isEqualTo("The");
    simulator.awaitAbandoned(1);
  }

  @Test
  void beforeItBegan() {
    Thread.currentThread().interrupt();

    Throwable error = catchThrowable(() -> openAi.chat(ProviderCalls.whole("m", "Hello")));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error)
        .isInstanceOfSatisfying(
            ProviderException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
              assertThat(e.mayBeBilled()).isFalse();
            });
    assertThat(simulator.requests()).isEmpty();
  }

  /** OkHttp connects on a thread of its own, and the caller's waits for that. */
  @Test
  void whileItWaitsForAConnection() throws InterruptedException {
    NeverConnecting sockets = new NeverConnecting();
    OkHttpClient client = new OkHttpClient.Builder().socketFactory(sockets).build();
    OpenAiCompatible provider =
        OpenAiCompatible.builder().baseUrl(simulator.url()).client(client).build();
    Running running = start(provider, ProviderCalls.whole("m", "Hello"));

    sockets.connecting.await();
    ProviderException error = running.interrupt();

    assertThat(error.kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(error.mayBeBilled()).isFalse();
    sockets.closed.await();
  }

  @Test
  void togetherWithTheAnswer() {
    OkHttpClient client =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  Response response = chain.proceed(chain.request());
                  Thread.currentThread().interrupt();
                  return response;
                })
            .build();
    OpenAiCompatible provider =
        OpenAiCompatible.builder().baseUrl(simulator.url()).client(client).build();

    Throwable error = catchThrowable(() -> provider.chat(ProviderCalls.whole("m", "Hello")));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error)
        .isInstanceOfSatisfying(
            ProviderException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
              assertThat(e.mayBeBilled()).isTrue();
            });
  }

  @Test
  void byClosingAStreamOfTheRouter() throws InterruptedException {
    simulator.stallAfter("The");
    LlmRouter router = LlmRouter.builder().model(openAi.model("gpt-5-mini")).build();

    try (ChatStream stream = router.stream(ChatRequest.of("Hello"), Deadline.never())) {
      assertThat(stream.iterator().next()).isEqualTo(new StreamEvent.TextDelta("The"));
    }

    simulator.awaitAbandoned(1);
  }

  private static Running start(ChatProvider provider, ProviderCall call) {
    Running running = new Running();
    running.thread =
        new Thread(
            () -> {
              running.error.set(catchThrowable(() -> provider.chat(call)));
              running.flag.set(Thread.currentThread().isInterrupted());
            });
    running.thread.start();
    return running;
  }

  /** A call on a thread of its own. */
  private static final class Running {
    private final AtomicReference<Throwable> error = new AtomicReference<>();
    private final AtomicBoolean flag = new AtomicBoolean();
    private Thread thread;

    ProviderException interrupt() throws InterruptedException {
      thread.interrupt();
      thread.join();
      assertThat(flag).isTrue();
      return Optional.ofNullable(error.get())
          .map(ProviderException.class::cast)
          .orElseThrow(() -> new AssertionError("It answered."));
    }
  }

  /** Makes sockets that connect until they are closed. */
  private static final class NeverConnecting extends SocketFactory {
    private final CountDownLatch connecting = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
          connecting.countDown();
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new SocketException("closed");
        }

        @Override
        public synchronized void close() {
          closed.countDown();
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
