package ai.powertools.ratelimit;

import ai.powertools.core.ConfigurationException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The limits that providers publish for their tiers, dated, to begin with until {@link LimitReport}
 * tells what an account really has. They age: a provider's own page, its console, and above all the
 * headers of its answers know better, and one's own file replaces any row.
 *
 * <pre>{@code
 * Limits limits =
 *     LimitPresets.bundled().find("openai", "gpt-5-mini", "tier-1").orElse(Limits.none());
 * }</pre>
 *
 * <p>Limits of a minute are token buckets that hold a sixtieth, since providers enforce them by the
 * second too; limits of an hour or longer are counted exactly, all of it at once if need be, since
 * they are there to be used up. How each provider counts is said in the file of the rows, {@code
 * ai/powertools/ratelimit/limits.tsv}, and so is its form. Immutable.
 */
public final class LimitPresets {
  private static final String BUNDLED = "limits.tsv";

  private final List<LimitPreset> presets;

  private LimitPresets(List<LimitPreset> presets) {
    this.presets = List.copyOf(presets);
  }

  /** The rows that ship with this library. */
  public static LimitPresets bundled() {
    return new LimitPresets(PresetFile.bundled(BUNDLED));
  }

  /** No rows, to load one's own only. */
  public static LimitPresets none() {
    return new LimitPresets(List.of());
  }

  /**
   * These rows and those of a file, which replace the ones of the same provider, model and tier.
   *
   * @param file in the form of the bundled one
   * @throws ConfigurationException if it can't be read or has an error; the message names the line
   *     and the remedy
   */
  public LimitPresets load(Path file) {
    List<LimitPreset> own = PresetFile.read(file);
    List<LimitPreset> all = new ArrayList<>(presets);
    all.removeIf(old -> own.stream().anyMatch(preset -> preset.replaces(old)));
    all.addAll(own);
    return new LimitPresets(all);
  }

  /**
   * The limits of a model in a tier. Of several rows that match the one that fixes most of the
   * model's name counts.
   *
   * @param provider as in {@code openai}
   * @param model as in {@code gpt-5-mini-2025-08-07}
   * @param tier as in {@code tier-1} or {@code Tier 1}
   * @return empty where nothing is known, which does not mean without limit
   */
  public Optional<Limits> find(String provider, String model, String tier) {
    return presets.stream()
        .filter(preset -> preset.provider().equals(name(provider)))
        .filter(preset -> preset.tier().equals(name(tier)))
        .filter(preset -> preset.matches(model))
        .max(Comparator.comparingInt(preset -> Wildcard.weight(preset.model())))
        .map(LimitPreset::limits);
  }

  /** The providers, in alphabetical order. */
  public List<String> providers() {
    return presets.stream().map(LimitPreset::provider).distinct().sorted().toList();
  }

  /** The tiers of a provider, in the order of the rows. */
  public List<String> tiers(String provider) {
    return presets.stream()
        .filter(preset -> preset.provider().equals(name(provider)))
        .map(LimitPreset::tier)
        .distinct()
        .toList();
  }

  /** The models of a tier, some with stars, in the order of the rows. */
  public List<String> models(String provider, String tier) {
    return presets.stream()
        .filter(preset -> preset.provider().equals(name(provider)))
        .filter(preset -> preset.tier().equals(name(tier)))
        .map(LimitPreset::model)
        .toList();
  }

  /** All rows, each with its date and source. */
  public List<LimitPreset> all() {
    return presets;
  }

  /** The day of the newest row; a row may be much older. Empty without rows. */
  public Optional<LocalDate> asOf() {
    return presets.stream().map(LimitPreset::date).max(Comparator.naturalOrder());
  }

  /** Names in the form that rows have: lower case, hyphens for blanks. */
  static String name(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
