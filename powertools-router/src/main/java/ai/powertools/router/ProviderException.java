package ai.powertools.router;

import ai.powertools.core.PowerToolsException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A provider gave no whole answer. The message has the vendor's own words, shortened, but never the
 * key or the prompt.
 */
public final class ProviderException extends PowerToolsException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String provider;
  private final String model;
  private final int status;
  private final @Nullable String requestId;
  private final @Nullable Duration retryAfter;
  private final String partialText;
  private final boolean contentDelivered;
  private final boolean requestSent;

  private ProviderException(Builder builder) {
    super(builder.message(), builder.cause);
    this.kind = builder.kind;
    this.provider = builder.provider;
    this.model = builder.model;
    this.status = builder.status;
    this.requestId = builder.requestId;
    this.retryAfter = builder.retryAfter;
    this.partialText = builder.partialText;
    this.contentDelivered = builder.contentDelivered;
    this.requestSent = builder.requestSent;
  }

  /**
   * Begins an error.
   *
   * @param why what the vendor or the network said
   */
  public static Builder builder(ErrorKind kind, String provider, String model, String why) {
    return new Builder(kind, provider, model, why);
  }

  /** What went wrong. */
  public ErrorKind kind() {
    return kind;
  }

  /** Whose call failed. */
  public String provider() {
    return provider;
  }

  /** The model that was asked. */
  public String model() {
    return model;
  }

  /** The HTTP status, if there was one. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** The provider's name for the call, for its support. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** What had arrived before it failed; empty when nothing had. It may be on the bill. */
  public String partialText() {
    return partialText;
  }

  /** Whether a listener has been given some of the answer, so that another try would repeat it. */
  public boolean contentDelivered() {
    return contentDelivered;
  }

  /**
   * Whether the provider may have begun to work, and to charge: true when the request was sent and
   * not plainly refused.
   */
  public boolean mayBeBilled() {
    return requestSent;
  }

  @Override
  public boolean retryable() {
    return kind.retryable() && !contentDelivered;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Fills an error. For one thread. */
  public static final class Builder {
    private static final int LONGEST_REASON = 300;
    private static final Duration LONGEST_WAIT = Duration.ofDays(36_500);

    private final ErrorKind kind;
    private final String provider;
    private final String model;
    private final String why;
    private int status;
    private @Nullable String requestId;
    private @Nullable Duration retryAfter;
    private String partialText = "";
    private boolean contentDelivered;
    private boolean requestSent;
    private @Nullable Throwable cause;

    private Builder(ErrorKind kind, String provider, String model, String why) {
      this.kind = kind;
      this.provider = provider;
      this.model = model;
      this.why = why;
    }

    /** The HTTP status. */
    public Builder status(int status) {
      this.status = status;
      return this;
    }

    /** The provider's name for the call. */
    public Builder requestId(Optional<String> requestId) {
      this.requestId = requestId.orElse(null);
      return this;
    }

    /** How long the provider asks to wait; from zero to a hundred years. */
    public Builder retryAfter(Optional<Duration> wait) {
      this.retryAfter = wait.map(Builder::sane).orElse(null);
      return this;
    }

    /** What had arrived, and whether a listener got it. */
    public Builder partial(String text, boolean delivered) {
      this.partialText = text;
      this.contentDelivered = delivered && !text.isEmpty();
      return this;
    }

    /** Whether the provider may have begun to work. */
    public Builder mayBeBilled(boolean sent) {
      this.requestSent = sent;
      return this;
    }

    /** What led to it. */
    public Builder cause(Throwable cause) {
      this.cause = cause;
      return this;
    }

    /** The error, to be thrown. */
    public ProviderException build() {
      return new ProviderException(this);
    }

    /** A header can say anything; what is beyond bounds is as good as at them. */
    private static Duration sane(Duration wait) {
      if (wait.isNegative()) {
        return Duration.ZERO;
      }
      return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private String message() {
      String reason = why.strip().replaceAll("\\s+", " ");
      if (reason.length() > LONGEST_REASON) {
        boolean splits = Character.isHighSurrogate(reason.charAt(LONGEST_REASON - 1));
        reason = reason.substring(0, splits ? LONGEST_REASON - 1 : LONGEST_REASON) + "…";
      }
      StringBuilder message = new StringBuilder();
      message.append(provider).append(':').append(model).append(" gave no answer: ");
      message.append(reason.isEmpty() ? "no reason given" : reason);
      message.append(" (").append(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      if (status != 0) {
        message.append(", HTTP ").append(status);
      }
      if (requestId != null) {
        message.append(", request ").append(requestId);
      }
      message.append("). ");
      if (contentDelivered) {
        message.append("Part of the answer had been delivered. ");
      }
      if (retryAfter != null) {
        message.append("It asks to wait ").append(retryAfter.toMillis()).append(" ms. ");
      }
      return message.append(kind.remedy()).toString();
    }
  }
}
