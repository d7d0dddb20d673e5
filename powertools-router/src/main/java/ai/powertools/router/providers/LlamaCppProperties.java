package ai.powertools.router.providers;

import ai.powertools.models.Modality;
import ai.powertools.models.Traits;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How a llama.cpp server was started.
 *
 * @param model the file of its model, or what it is called
 * @param contextTokens what input and output of one call may have together
 * @param slots how many calls it works on at once; 0 where it does not say
 * @param readsImages whether it was given the means to see
 * @param readsAudio whether it was given the means to hear
 */
public record LlamaCppProperties(
    String model, OptionalLong contextTokens, int slots, boolean readsImages, boolean readsAudio) {
  /** What it reads. What else its model can do it does not say. */
  Traits traits() {
    Set<Modality> reads = EnumSet.of(Modality.TEXT);
    if (readsImages) {
      reads.add(Modality.IMAGE);
    }
    if (readsAudio) {
      reads.add(Modality.AUDIO);
    }
    return new Traits(
        reads, Set.of(Modality.TEXT), Set.of(), Optional.empty(), Optional.empty(), List.of());
  }
}
