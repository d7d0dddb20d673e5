package ai.powertools.router.providers;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;

/** OkHttp without a network: answers every request with the bytes it was given, in pieces. */
final class CannedHttp {
  /** Reads the certificates of the machine once, which takes longer than a test. */
  private static final OkHttpClient ORIGIN = new OkHttpClient();

  private CannedHttp() {}

  /** How a body ends. */
  enum Ending {
    WELL,
    RESET
  }

  static OkHttpClient json(String body) {
    return answering(
        200, "application/json", List.of(body.getBytes(StandardCharsets.UTF_8)), Ending.WELL);
  }

  static OkHttpClient events(String body) {
    return events(List.of(body.getBytes(StandardCharsets.UTF_8)), Ending.WELL);
  }

  static OkHttpClient events(List<byte[]> pieces, Ending ending) {
    return answering(200, "text/event-stream", pieces, ending);
  }

  static OkHttpClient answering(int status, String type, List<byte[]> pieces, Ending ending) {
    return ORIGIN
        .newBuilder()
        .addInterceptor(
            chain -> {
              Buffer request = new Buffer();
              if (chain.request().body() != null) {
                chain.request().body().writeTo(request);
              }
              BufferedSource source = Okio.buffer(new Pieces(pieces, ending));
              return new Response.Builder()
                  .request(chain.request())
                  .protocol(Protocol.HTTP_1_1)
                  .code(status)
                  .message("canned")
                  .header("Content-Type", type)
                  .body(ResponseBody.create(source, MediaType.get(type), -1))
                  .build();
            })
        .build();
  }

  /** Gives one piece a read, and then ends well or badly. */
  static final class Pieces implements Source {
    private final List<byte[]> pieces;
    private final Ending ending;
    private int next;

    Pieces(List<byte[]> pieces, Ending ending) {
      this.pieces = pieces;
      this.ending = ending;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      if (next < pieces.size()) {
        byte[] piece = pieces.get(next++);
        sink.write(piece);
        return piece.length;
      }
      if (ending == Ending.RESET) {
        throw new SocketException("Connection reset");
      }
      return -1;
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {}
  }
}
