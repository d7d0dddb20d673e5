package ai.powertools.router.providers;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * JSON to be sent once, that remembers whether it was. One attempt is one request: budgets, limits
 * and retries are counted further out, so OkHttp must not send it again on its own.
 */
final class JsonBody extends RequestBody {
  private static final MediaType JSON = MediaType.get("application/json");

  private final byte[] json;
  private volatile boolean sent;

  JsonBody(byte[] json) {
    this.json = json;
  }

  /** Whether any of it may have reached the other side. */
  boolean sent() {
    return sent;
  }

  @Override
  public MediaType contentType() {
    return JSON;
  }

  @Override
  public long contentLength() {
    return json.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sent = true;
    sink.write(json);
  }
}
