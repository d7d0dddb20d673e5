package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices in our format at an address, with the last good copy in a folder.
 *
 * <p>A fetch asks only for what has changed (ETag), reads and checks the answer before anything is
 * replaced, and says what is different. When the address can't be reached or what it has can't be
 * right, the last good copy counts, and {@link Refresh#problem()} says why.
 *
 * <p>Thread-safe; several processes may share the folder.
 */
public final class HttpPriceSource implements PriceSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private final URI address;
  private final Path file;
  private final Path tag;
  private final HttpClient client;

  HttpPriceSource(URI address, Path folder) {
    if (!List.of("http", "https").contains(String.valueOf(address.getScheme()))) {
      throw new ConfigurationException(
          "Prices are fetched by http or https, not from %s.".formatted(address));
    }
    this.address = address;
    this.file = folder.resolve("models.json");
    this.tag = folder.resolve("models.json.etag");
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * The newest good prices: those at the address, else the last good copy.
   *
   * @throws ConfigurationException if there is neither
   */
  @Override
  public List<Model> models() {
    return refresh().models();
  }

  /**
   * Looks for news, and says what came of it.
   *
   * @throws ConfigurationException if there are no good prices at the address nor in the folder
   */
  public synchronized Refresh refresh() {
    List<Model> before = Files.exists(file) ? ModelsFile.read(file) : List.of();
    try {
      HttpResponse<byte[]> response = fetch(!before.isEmpty());
      if (response.statusCode() == 304 && !before.isEmpty()) {
        return new Refresh(before, PriceChanges.none(), Optional.empty());
      }
      if (response.statusCode() != 200) {
        return lastGood(before, "%s answers %d".formatted(address, response.statusCode()), null);
      }
      if (response.body().length > MAX_BYTES) {
        return lastGood(before, "%s has more than %d bytes".formatted(address, MAX_BYTES), null);
      }
      List<Model> now =
          ModelsFile.read(address.toString(), new ByteArrayInputStream(response.body()));
      keep(response);
      return new Refresh(now, PriceChanges.between(before, now), Optional.empty());
    } catch (IOException e) {
      return lastGood(before, "%s can't be read: %s".formatted(address, e), e);
    } catch (ConfigurationException e) {
      return lastGood(before, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lastGood(before, "reading %s was interrupted".formatted(address), e);
    }
  }

  private HttpResponse<byte[]> fetch(boolean hasCopy) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TIMEOUT).GET();
    if (hasCopy && Files.exists(tag)) {
      request.header("If-None-Match", Files.readString(tag).strip());
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** The tag is written last: without it the whole is fetched again, which does no harm. */
  private void keep(HttpResponse<byte[]> response) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Files.deleteIfExists(tag);
    replace(file, response.body());
    Optional<String> etag = response.headers().firstValue("ETag");
    if (etag.isPresent()) {
      replace(tag, etag.get().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void replace(Path target, byte[] content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, "models", ".part");
    try {
      Files.write(temporary, content);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Refresh lastGood(List<Model> before, String problem, @Nullable Exception cause) {
    if (before.isEmpty()) {
      throw new ConfigurationException(
          "There are no prices: %s, and there is no earlier copy.".formatted(problem), cause);
    }
    return new Refresh(before, PriceChanges.none(), Optional.of(problem));
  }

  /**
   * What came of looking for news.
   *
   * @param models the good prices, new or old
   * @param changes what is different from the last good copy
   * @param problem why the old ones count; empty when there was none
   */
  public record Refresh(List<Model> models, PriceChanges changes, Optional<String> problem) {}
}
