package ai.powertools.router;

import java.io.IOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image, a sound or a file: its bytes, or an address where the vendor fetches it. Immutable; its
 * {@code toString} has neither the bytes nor the address, which may be signed.
 */
public final class Media {
  private final String mediaType;
  private final @Nullable String base64;
  private final @Nullable URI url;

  private Media(String mediaType, @Nullable String base64, @Nullable URI url) {
    String type = mediaType.strip().toLowerCase(Locale.ROOT);
    if (!type.matches("[a-z0-9.+*-]+/[a-z0-9.+*-]+")) {
      throw new IllegalArgumentException(
          "\"" + mediaType + "\" is no media type. Give one, as in image/png.");
    }
    this.mediaType = type;
    this.base64 = base64;
    this.url = url;
  }

  /**
   * These bytes.
   *
   * @param mediaType as in {@code image/png}
   * @throws IllegalArgumentException if there are none, or the media type is none
   */
  public static Media of(byte[] bytes, String mediaType) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("There is nothing in this " + mediaType + ".");
    }
    return new Media(mediaType, Base64.getEncoder().encodeToString(bytes), null);
  }

  /**
   * What vendors send and take as base64.
   *
   * @throws IllegalArgumentException if it is not base64, or the media type is none
   */
  public static Media ofBase64(String base64, String mediaType) {
    if (base64.isEmpty()) {
      throw new IllegalArgumentException("There is nothing in this " + mediaType + ".");
    }
    Base64.getDecoder().decode(base64); // or a vendor finds it out, at a price
    return new Media(mediaType, base64, null);
  }

  /**
   * What lies at an address, which the vendor fetches, not this machine.
   *
   * @param mediaType as in {@code image/png}
   * @throws IllegalArgumentException if the address is not absolute, or the media type is none
   */
  public static Media at(URI url, String mediaType) {
    if (!url.isAbsolute()) {
      throw new IllegalArgumentException(
          "\"" + url + "\" is no absolute address. Give one, as in https://example.org/a.png.");
    }
    return new Media(mediaType, null, url);
  }

  /**
   * A file, whose media type follows from its name.
   *
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if it is empty or its name does not tell its media type
   */
  public static Media read(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    String type = URLConnection.guessContentTypeFromName(name);
    if (type == null) {
      type = name.endsWith(".webp") ? "image/webp" : Files.probeContentType(file);
    }
    if (type == null) {
      throw new IllegalArgumentException(
          "The name of " + file + " does not tell what it is. Use Media.of(bytes, mediaType).");
    }
    return of(Files.readAllBytes(file), type);
  }

  /** In lower case, as in {@code image/png}. */
  public String mediaType() {
    return mediaType;
  }

  /** The second half of the media type, as vendors name formats: {@code wav}, {@code png}. */
  public String format() {
    return mediaType.substring(mediaType.indexOf('/') + 1);
  }

  /** Where the vendor is to fetch it; empty when the bytes are here. */
  public Optional<URI> url() {
    return Optional.ofNullable(url);
  }

  /** The bytes as base64; empty when they lie at an address. */
  public Optional<String> base64() {
    return Optional.ofNullable(base64);
  }

  /** The bytes, a copy; empty when they lie at an address. */
  public Optional<byte[]> bytes() {
    return base64().map(text -> Base64.getDecoder().decode(text));
  }

  /** The bytes as an address of scheme {@code data}, or where it lies. */
  public String asUrl() {
    return url != null ? url.toString() : "data:" + mediaType + ";base64," + base64;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Media media
        && mediaType.equals(media.mediaType)
        && Objects.equals(base64, media.base64)
        && Objects.equals(url, media.url);
  }

  @Override
  public int hashCode() {
    return Objects.hash(mediaType, base64, url);
  }

  @Override
  public String toString() {
    if (base64 == null) {
      return mediaType + " at an address";
    }
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return mediaType + " of " + (base64.length() / 4 * 3 - padding) + " bytes";
  }
}
