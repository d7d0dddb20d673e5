package ai.powertools.models;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a model reads, writes and can do, when it came and goes, and how good it is.
 *
 * @param reads the kinds of content it takes
 * @param writes the kinds of content it makes
 * @param abilities what it is known to be able to do; what is not here may be unknown
 * @param released the day on which it could first be used; empty when not known
 * @param retired the day on which the vendor ends or ended it; empty when none is known
 * @param scores published results, each with its source
 */
public record Traits(
    Set<Modality> reads,
    Set<Modality> writes,
    Set<Ability> abilities,
    Optional<LocalDate> released,
    Optional<LocalDate> retired,
    List<Score> scores) {

  /** Text in, text out, and nothing else known. */
  public static final Traits TEXT_ONLY =
      new Traits(
          Set.of(Modality.TEXT),
          Set.of(Modality.TEXT),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** Copies what can be changed. */
  public Traits {
    reads = sorted(reads, Modality.class);
    writes = sorted(writes, Modality.class);
    abilities = sorted(abilities, Ability.class);
    scores = List.copyOf(scores);
  }

  /** Whether the vendor has ended it by this day. */
  public boolean isRetired(LocalDate day) {
    return retired.isPresent() && !day.isBefore(retired.get());
  }

  private static <E extends Enum<E>> Set<E> sorted(Set<E> some, Class<E> type) {
    EnumSet<E> copy = EnumSet.noneOf(type);
    copy.addAll(some);
    return Collections.unmodifiableSet(copy);
  }
}
