package ai.powertools.cli;

import ai.powertools.ratelimit.LimitPreset;
import ai.powertools.ratelimit.LimitPresets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of the bundled limits are asked for; what is empty is not asked for.
 *
 * @param provider its name
 * @param model one of its models
 * @param tier as the provider calls it
 */
record KnownLimits(Optional<String> provider, Optional<String> model, Optional<String> tier) {

  List<LimitRow> rows() {
    return LimitPresets.bundled().all().stream()
        .filter(this::isAskedFor)
        .map(
            preset ->
                new LimitRow(
                    preset.provider(),
                    preset.model(),
                    preset.tier(),
                    preset.limits(),
                    Optional.of(preset.date().toString()),
                    Optional.of(preset.source().toString())))
        .toList();
  }

  private boolean isAskedFor(LimitPreset preset) {
    return provider.map(name -> asInRows(name).equals(preset.provider())).orElse(true)
        && model.map(preset::matches).orElse(true)
        && tier.map(name -> asInRows(name).equals(preset.tier())).orElse(true);
  }

  private static String asInRows(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
