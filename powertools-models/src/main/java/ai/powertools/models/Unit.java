package ai.powertools.models;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that vendors count and charge for.
 *
 * <p>Units are wholes and parts: {@code input_tokens} counts all input, {@code cache_read_tokens}
 * those of it that came from a cache, {@code cache_audio_read_tokens} those of these that were
 * sound. A part is always in its wholes too. A unit that a model has no price for is charged as the
 * whole that it is a part of.
 *
 * <p>The names are those of the unit registry of pydantic's genai-prices, so that usage can be
 * compared across tools; those from {@code input_images} on are ours.
 */
public enum Unit {
  INPUT_TOKENS(Direction.INPUT, null, null),
  OUTPUT_TOKENS(Direction.OUTPUT, null, null),
  CACHE_READ_TOKENS(Direction.INPUT, null, "cache_read"),
  CACHE_WRITE_TOKENS(Direction.INPUT, null, "cache_write"),
  CACHE_WRITE_5M_TOKENS(Direction.INPUT, null, "cache_write_5m"),
  CACHE_WRITE_1H_TOKENS(Direction.INPUT, null, "cache_write_1h"),
  INPUT_TEXT_TOKENS(Direction.INPUT, Modality.TEXT, null),
  OUTPUT_TEXT_TOKENS(Direction.OUTPUT, Modality.TEXT, null),
  CACHE_TEXT_READ_TOKENS(Direction.INPUT, Modality.TEXT, "cache_read"),
  CACHE_TEXT_WRITE_TOKENS(Direction.INPUT, Modality.TEXT, "cache_write"),
  CACHE_TEXT_WRITE_5M_TOKENS(Direction.INPUT, Modality.TEXT, "cache_write_5m"),
  CACHE_TEXT_WRITE_1H_TOKENS(Direction.INPUT, Modality.TEXT, "cache_write_1h"),
  INPUT_AUDIO_TOKENS(Direction.INPUT, Modality.AUDIO, null),
  OUTPUT_AUDIO_TOKENS(Direction.OUTPUT, Modality.AUDIO, null),
  CACHE_AUDIO_READ_TOKENS(Direction.INPUT, Modality.AUDIO, "cache_read"),
  CACHE_AUDIO_WRITE_TOKENS(Direction.INPUT, Modality.AUDIO, "cache_write"),
  CACHE_AUDIO_WRITE_5M_TOKENS(Direction.INPUT, Modality.AUDIO, "cache_write_5m"),
  CACHE_AUDIO_WRITE_1H_TOKENS(Direction.INPUT, Modality.AUDIO, "cache_write_1h"),
  INPUT_IMAGE_TOKENS(Direction.INPUT, Modality.IMAGE, null),
  OUTPUT_IMAGE_TOKENS(Direction.OUTPUT, Modality.IMAGE, null),
  CACHE_IMAGE_READ_TOKENS(Direction.INPUT, Modality.IMAGE, "cache_read"),
  CACHE_IMAGE_WRITE_TOKENS(Direction.INPUT, Modality.IMAGE, "cache_write"),
  CACHE_IMAGE_WRITE_5M_TOKENS(Direction.INPUT, Modality.IMAGE, "cache_write_5m"),
  CACHE_IMAGE_WRITE_1H_TOKENS(Direction.INPUT, Modality.IMAGE, "cache_write_1h"),
  INPUT_VIDEO_TOKENS(Direction.INPUT, Modality.VIDEO, null),
  OUTPUT_VIDEO_TOKENS(Direction.OUTPUT, Modality.VIDEO, null),
  CACHE_VIDEO_READ_TOKENS(Direction.INPUT, Modality.VIDEO, "cache_read"),
  CACHE_VIDEO_WRITE_TOKENS(Direction.INPUT, Modality.VIDEO, "cache_write"),
  CACHE_VIDEO_WRITE_5M_TOKENS(Direction.INPUT, Modality.VIDEO, "cache_write_5m"),
  CACHE_VIDEO_WRITE_1H_TOKENS(Direction.INPUT, Modality.VIDEO, "cache_write_1h"),
  INPUT_TOOL_TOKENS(Direction.INPUT, null, "tool"),
  INPUT_TEXT_TOOL_TOKENS(Direction.INPUT, Modality.TEXT, "tool"),
  INPUT_AUDIO_TOOL_TOKENS(Direction.INPUT, Modality.AUDIO, "tool"),
  INPUT_IMAGE_TOOL_TOKENS(Direction.INPUT, Modality.IMAGE, "tool"),
  INPUT_VIDEO_TOOL_TOKENS(Direction.INPUT, Modality.VIDEO, "tool"),
  OUTPUT_REASONING_TOKENS(Direction.OUTPUT, null, "reasoning"),
  OUTPUT_TEXT_REASONING_TOKENS(Direction.OUTPUT, Modality.TEXT, "reasoning"),
  OUTPUT_AUDIO_REASONING_TOKENS(Direction.OUTPUT, Modality.AUDIO, "reasoning"),
  OUTPUT_IMAGE_REASONING_TOKENS(Direction.OUTPUT, Modality.IMAGE, "reasoning"),
  OUTPUT_VIDEO_REASONING_TOKENS(Direction.OUTPUT, Modality.VIDEO, "reasoning"),
  OUTPUT_CITATION_TOKENS(Direction.OUTPUT, null, "citation"),
  OUTPUT_TEXT_CITATION_TOKENS(Direction.OUTPUT, Modality.TEXT, "citation"),
  OUTPUT_AUDIO_CITATION_TOKENS(Direction.OUTPUT, Modality.AUDIO, "citation"),
  OUTPUT_IMAGE_CITATION_TOKENS(Direction.OUTPUT, Modality.IMAGE, "citation"),
  OUTPUT_VIDEO_CITATION_TOKENS(Direction.OUTPUT, Modality.VIDEO, "citation"),
  INPUT_CHARACTERS(Family.CHARACTERS, Direction.INPUT, null, null, 1_000_000),
  INPUT_TEXT_MESSAGES(Family.MESSAGES, Direction.INPUT, Modality.TEXT, null, 1_000),
  /** Whole seconds of sound, in or out; priced by the hour. */
  AUDIO_SECONDS(Family.DURATIONS, null, Modality.AUDIO, null, 3_600),
  INPUT_AUDIO_SECONDS(Family.DURATIONS, Direction.INPUT, Modality.AUDIO, null, 3_600),
  OUTPUT_AUDIO_SECONDS(Family.DURATIONS, Direction.OUTPUT, Modality.AUDIO, null, 3_600),
  INPUT_PIXELS(Family.PIXELS, Direction.INPUT, null, null, 1_000_000_000),
  INPUT_DOCUMENT_PAGES(Family.PAGES, Direction.INPUT, null, null, 1_000),
  INPUT_ANNOTATED_DOCUMENT_PAGES(Family.PAGES, Direction.INPUT, null, "annotated", 1_000),
  RERANK_SEARCHES(Family.RERANKS, null, null, null, 1_000),
  WEB_SEARCHES(Family.TOOL_CALLS, null, null, "web_search", 1_000),
  SOCIAL_SEARCHES(Family.TOOL_CALLS, null, null, "social_search", 1_000),
  STORAGE_SEARCHES(Family.TOOL_CALLS, null, null, "storage_search", 1_000),
  CODE_EXECUTIONS(Family.TOOL_CALLS, null, null, "code_execution", 1_000),
  /** One for each call, whatever it did. */
  REQUESTS(Family.REQUESTS, null, null, null, 1_000),
  INPUT_IMAGES(Family.IMAGES, Direction.INPUT, Modality.IMAGE, null, 1_000),
  OUTPUT_IMAGES(Family.IMAGES, Direction.OUTPUT, Modality.IMAGE, null, 1_000),
  INPUT_VIDEO_SECONDS(Family.VIDEO_DURATIONS, Direction.INPUT, Modality.VIDEO, null, 3_600),
  OUTPUT_VIDEO_SECONDS(Family.VIDEO_DURATIONS, Direction.OUTPUT, Modality.VIDEO, null, 3_600),
  OUTPUT_CHARACTERS(Family.CHARACTERS, Direction.OUTPUT, null, null, 1_000_000),
  /** Calls in which the web was searched, however often; some vendors charge for these instead. */
  SEARCH_PROMPTS(Family.TOOL_CALLS, null, null, "search_prompt", 1_000),
  /** Sandboxes that were started for the model's code. */
  TOOL_SESSIONS(Family.TOOL_CALLS, null, null, "tool_session", 1_000);

  /** Which way it goes; a unit such as a search goes neither way. */
  public enum Direction {
    INPUT,
    OUTPUT
  }

  private enum Family {
    TOKENS,
    CHARACTERS,
    MESSAGES,
    DURATIONS,
    VIDEO_DURATIONS,
    PIXELS,
    IMAGES,
    PAGES,
    RERANKS,
    TOOL_CALLS,
    REQUESTS
  }

  private static final Map<String, Unit> BY_KEY = new HashMap<>();
  private static final Map<Unit, List<Unit>> WHOLES = new EnumMap<>(Unit.class);

  static {
    for (Unit unit : values()) {
      BY_KEY.put(unit.key, unit);
      List<Unit> wholes = new ArrayList<>();
      for (Unit whole : values()) {
        if (whole.strictlyHas(unit)) {
          wholes.add(whole);
        }
      }
      WHOLES.put(unit, List.copyOf(wholes));
    }
  }

  private final String key;
  private final Family family;
  private final @Nullable Direction direction;
  private final @Nullable Modality modality;
  private final @Nullable String kind;
  private final long per;

  Unit(Direction direction, @Nullable Modality modality, @Nullable String kind) {
    this(Family.TOKENS, direction, modality, kind, 1_000_000);
  }

  Unit(
      Family family,
      @Nullable Direction direction,
      @Nullable Modality modality,
      @Nullable String kind,
      long per) {
    this.key = name().toLowerCase(Locale.ROOT);
    this.family = family;
    this.direction = direction;
    this.modality = modality;
    this.kind = kind;
    this.per = per;
  }

  /** Its name in files and reports, as in {@code cache_read_tokens}. */
  public String key() {
    return key;
  }

  /** How many of it a price is for: a million tokens, a thousand searches, an hour of seconds. */
  public long per() {
    return per;
  }

  /** Which way it goes; empty when neither. */
  public Optional<Direction> direction() {
    return Optional.ofNullable(direction);
  }

  /** Whether it counts tokens. */
  public boolean isTokens() {
    return family == Family.TOKENS;
  }

  /** Whether each of the other is also one of this: the other is this, or a part of it. */
  public boolean includes(Unit other) {
    return family == other.family
        && (direction == null || direction == other.direction)
        && (modality == null || modality == other.modality)
        && (kind == null
            || kind.equals(other.kind)
            || (other.kind != null && other.kind.startsWith(kind + "_")));
  }

  /** The units that this one is a part of. */
  List<Unit> wholes() {
    return WHOLES.getOrDefault(this, List.of());
  }

  /** The unit that counts what is both in this and in the other, neither being a part of it. */
  Optional<Unit> overlapWith(Unit other) {
    if (family != Family.TOKENS || other.family != Family.TOKENS || direction != other.direction) {
      return Optional.empty();
    }
    boolean apart =
        (modality == null) != (other.modality == null) && (kind == null) != (other.kind == null);
    if (!apart || (modality == null) == (kind == null)) {
      return Optional.empty();
    }
    for (Unit unit : values()) {
      boolean sameModality = unit.modality == (modality == null ? other.modality : modality);
      boolean sameKind = unit.kind != null && unit.kind.equals(kind == null ? other.kind : kind);
      if (sameModality && sameKind && unit.family == family && unit.direction == direction) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }

  /** Whether it counts tokens that may be text, going this way; not what only a tool causes. */
  boolean isText(Direction way) {
    return isTokens()
        && direction == way
        && (modality == null || modality == Modality.TEXT)
        && !"tool".equals(kind);
  }

  /** Whether it tells cached, written, tool, reasoning or such tokens from others. */
  boolean hasKind() {
    return kind != null;
  }

  /** How many kinds of thing it tells apart; a part has more than its wholes. */
  int depth() {
    int ttl = kind != null && kind.startsWith("cache_write_") ? 1 : 0;
    return (direction == null ? 0 : 1) + (modality == null ? 0 : 1) + (kind == null ? 0 : 1) + ttl;
  }

  /** The unit of this name; empty when there is none. */
  public static Optional<Unit> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  private boolean strictlyHas(Unit part) {
    return this != part && includes(part);
  }
}
