package ai.powertools.router.providers;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A call of OkHttp on the caller's own thread, whose waits for the network end at once when that
 * thread is interrupted. A read of a socket does not heed an interrupt by itself; this hangs the
 * cancellation of the call onto the thread, by the means that the JDK has for its own channels. It
 * needs neither a second thread nor polling.
 */
final class InterruptibleCall extends AbstractInterruptibleChannel {
  private final Call call;

  InterruptibleCall(Call call) {
    this.call = call;
  }

  /** Runs on the thread that interrupts. */
  @Override
  protected void implCloseChannel() {
    call.cancel();
  }

  /** Sends the request and waits for the head of the answer. */
  Response execute() throws IOException {
    Response response = null;
    begin();
    try {
      response = call.execute();
      return response;
    } catch (Exception e) {
      throw known(e);
    } finally {
      ended(response);
    }
  }

  /** Waits for some more of the answer, as {@link InputStream#read(byte[], int, int)} does. */
  int read(InputStream body, byte[] into, int from) throws IOException {
    boolean completed = false;
    begin();
    try {
      int count = body.read(into, from, into.length - from);
      completed = true;
      return count;
    } catch (Exception e) {
      throw known(e);
    } finally {
      end(completed);
    }
  }

  /** An answer that comes together with an interrupt is not wanted any more. */
  private void ended(@Nullable Response response) throws IOException {
    try {
      end(response != null);
    } catch (IOException e) {
      if (response != null) {
        response.close();
      }
      throw e;
    }
  }

  /** Kotlin does not declare its exceptions: a wait for a connection may end with this one. */
  private static IOException known(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new InterruptedIOException("interrupted");
    }
    if (e instanceof RuntimeException runtime) {
      throw runtime;
    }
    return (IOException) e;
  }
}
