package ai.powertools.router;

import ai.powertools.core.PowerToolsException;
import ai.powertools.models.Usage;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A provider gave no whole answer. The message has the vendor's own words, shortened, but never the
 * key or the prompt. One class for each {@link ErrorKind}, to be caught by itself.
 */
public abstract sealed class ProviderException extends PowerToolsException
    permits ProviderException.Authentication,
        ProviderException.Permission,
        ProviderException.InvalidRequest,
        ProviderException.ContextWindowExceeded,
        ProviderException.ContentPolicy,
        ProviderException.RateLimited,
        ProviderException.QuotaExhausted,
        ProviderException.Overloaded,
        ProviderException.ServerFailure,
        ProviderException.TimedOut,
        ProviderException.Network,
        ProviderException.MalformedResponse,
        ProviderException.Cancelled {
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
  private final transient @Nullable Usage partialUsage;
  private final transient RateLimits rateLimits;

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
    this.partialUsage = builder.partialUsage;
    this.rateLimits = builder.rateLimits;
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

  /**
   * What had been used by then, an estimate: the vendor's own numbers as far as it had given them,
   * else counted from what had arrived. Empty when nothing had, or after serialization.
   */
  public Optional<Usage> partialUsage() {
    return Optional.ofNullable(partialUsage);
  }

  /** What the headers said about limits; {@link RateLimits#NONE} where there were none. */
  public RateLimits rateLimits() {
    return rateLimits == null ? RateLimits.NONE : rateLimits;
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

  /** The key is missing, wrong or revoked. */
  public static final class Authentication extends ProviderException {
    private static final long serialVersionUID = 1L;

    private Authentication(Builder builder) {
      super(builder);
    }
  }

  /** The key may not use this model or endpoint. */
  public static final class Permission extends ProviderException {
    private static final long serialVersionUID = 1L;

    private Permission(Builder builder) {
      super(builder);
    }
  }

  /** The request is wrong, asks for what the model can't do, or the model does not exist. */
  public static final class InvalidRequest extends ProviderException {
    private static final long serialVersionUID = 1L;

    private InvalidRequest(Builder builder) {
      super(builder);
    }
  }

  /** The conversation does not fit the model. */
  public static final class ContextWindowExceeded extends ProviderException {
    private static final long serialVersionUID = 1L;

    private ContextWindowExceeded(Builder builder) {
      super(builder);
    }
  }

  /** The vendor refuses the content. */
  public static final class ContentPolicy extends ProviderException {
    private static final long serialVersionUID = 1L;

    private ContentPolicy(Builder builder) {
      super(builder);
    }
  }

  /**
   * Too many requests or tokens for now; {@link #retryAfter} says how long, where the vendor does.
   */
  public static final class RateLimited extends ProviderException {
    private static final long serialVersionUID = 1L;

    private RateLimited(Builder builder) {
      super(builder);
    }
  }

  /** The account has no money or quota left. */
  public static final class QuotaExhausted extends ProviderException {
    private static final long serialVersionUID = 1L;

    private QuotaExhausted(Builder builder) {
      super(builder);
    }
  }

  /** The vendor has too much to do. */
  public static final class Overloaded extends ProviderException {
    private static final long serialVersionUID = 1L;

    private Overloaded(Builder builder) {
      super(builder);
    }
  }

  /** The vendor failed. */
  public static final class ServerFailure extends ProviderException {
    private static final long serialVersionUID = 1L;

    private ServerFailure(Builder builder) {
      super(builder);
    }
  }

  /** No answer in time. */
  public static final class TimedOut extends ProviderException {
    private static final long serialVersionUID = 1L;

    private TimedOut(Builder builder) {
      super(builder);
    }
  }

  /** The connection failed or was cut. */
  public static final class Network extends ProviderException {
    private static final long serialVersionUID = 1L;

    private Network(Builder builder) {
      super(builder);
    }
  }

  /** The answer can't be understood. */
  public static final class MalformedResponse extends ProviderException {
    private static final long serialVersionUID = 1L;

    private MalformedResponse(Builder builder) {
      super(builder);
    }
  }

  /** The caller called it off. */
  public static final class Cancelled extends ProviderException {
    private static final long serialVersionUID = 1L;

    private Cancelled(Builder builder) {
      super(builder);
    }
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
    private @Nullable Usage partialUsage;
    private RateLimits rateLimits = RateLimits.NONE;
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

    /** The words that had arrived, and whether a listener got them. */
    public Builder partial(String text, boolean delivered) {
      this.partialText = text;
      this.contentDelivered |= delivered && !text.isEmpty();
      return this;
    }

    /** That a listener got some of the answer, words or not. */
    public Builder delivered(boolean delivered) {
      this.contentDelivered |= delivered;
      return this;
    }

    /** What had been used by then. */
    public Builder partialUsage(Optional<Usage> usage) {
      this.partialUsage = usage.orElse(null);
      return this;
    }

    /** What the headers said about limits. */
    public Builder rateLimits(RateLimits limits) {
      this.rateLimits = limits;
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
      return switch (kind) {
        case AUTHENTICATION -> new Authentication(this);
        case PERMISSION -> new Permission(this);
        case INVALID_REQUEST -> new InvalidRequest(this);
        case CONTEXT_WINDOW -> new ContextWindowExceeded(this);
        case CONTENT_POLICY -> new ContentPolicy(this);
        case RATE_LIMITED -> new RateLimited(this);
        case QUOTA_EXHAUSTED -> new QuotaExhausted(this);
        case OVERLOADED -> new Overloaded(this);
        case SERVER -> new ServerFailure(this);
        case TIMEOUT -> new TimedOut(this);
        case NETWORK -> new Network(this);
        case MALFORMED_RESPONSE -> new MalformedResponse(this);
        case CANCELLED -> new Cancelled(this);
      };
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
