package ai.powertools.models;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
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
    Optional<List<Model>> before = lastGood();
    try {
      return news(before);
    } catch (IOException | ConfigurationException e) {
      return without(before, "%s: %s".formatted(address, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return without(before, "reading %s was interrupted".formatted(address), e);
    }
  }

  /** A copy that was spoilt is none: it is fetched again. */
  private Optional<List<Model>> lastGood() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ModelsFile.read(file));
    } catch (ConfigurationException e) {
      return Optional.empty();
    }
  }

  private Refresh news(Optional<List<Model>> before) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = fetch(before.isPresent());
    try (InputStream in = response.body()) {
      if (response.statusCode() == NOT_MODIFIED && before.isPresent()) {
        return new Refresh(before.get(), PriceChanges.none(), Optional.empty());
      }
      if (response.statusCode() != OK) {
        throw new IOException("the server answers " + response.statusCode());
      }
      byte[] body = in.readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw new IOException("the file has more than " + MAX_BYTES + " bytes");
      }
      List<Model> now = ModelsFile.read("models.json", new ByteArrayInputStream(body));
      keep(body, response.headers().firstValue("ETag"));
      return new Refresh(
          now, PriceChanges.between(before.orElse(List.of()), now), Optional.empty());
    }
  }

  private HttpResponse<InputStream> fetch(boolean hasCopy)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TIMEOUT).GET();
    if (hasCopy && Files.exists(tag)) {
      request.header("If-None-Match", Files.readString(tag).strip());
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** The tag is written last: without it the whole is fetched again, which does no harm. */
  private void keep(byte[] body, Optional<String> etag) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Files.deleteIfExists(tag);
    replace(file, body);
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

  private static Refresh without(
      Optional<List<Model>> before, String problem, @Nullable Exception cause) {
    if (before.isEmpty()) {
      throw new ConfigurationException(
          "There are no prices. %s. There is no earlier copy either.".formatted(problem), cause);
    }
    return new Refresh(before.get(), PriceChanges.none(), Optional.of(problem));
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
