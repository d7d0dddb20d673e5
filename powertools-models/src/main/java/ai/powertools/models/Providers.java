package ai.powertools.models;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The many names of those who serve models, and whose models they serve. */
final class Providers {
  /** What price maps and clients call them, other than we do. */
  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("gemini", "google"),
          Map.entry("google-gla", "google"),
          Map.entry("google-vertex", "google"),
          Map.entry("vertex", "google"),
          Map.entry("vertex_ai", "google"),
          Map.entry("vertexai", "google"),
          Map.entry("x-ai", "xai"),
          Map.entry("grok", "xai"),
          Map.entry("amazon", "aws"),
          Map.entry("amazon-bedrock", "aws"),
          Map.entry("bedrock", "aws"),
          Map.entry("azure_ai", "azure"),
          Map.entry("azure-openai", "azure"),
          Map.entry("mistralai", "mistral"),
          Map.entry("dashscope", "alibaba"),
          Map.entry("qwen", "alibaba"),
          Map.entry("meta-llama", "meta"),
          Map.entry("cohere_chat", "cohere"),
          Map.entry("together_ai", "together"),
          Map.entry("togetherai", "together"),
          Map.entry("fireworks_ai", "fireworks"),
          Map.entry("fireworks-ai", "fireworks"),
          Map.entry("moonshot", "moonshotai"));

  /** Who serves others' models at the others' prices, under the others' names. */
  private static final Map<String, List<String>> SELLS_FOR =
      Map.of("azure", List.of("openai", "anthropic"), "google", List.of("anthropic"));

  private Providers() {}

  /** The one name by which we know a provider. */
  static String canonical(String provider) {
    String name = provider.strip().toLowerCase(Locale.ROOT);
    return OTHER_NAMES.getOrDefault(name, name);
  }

  /** Whose models, at whose prices, this provider serves when it lists none itself. */
  static List<String> sellsFor(String provider) {
    return SELLS_FOR.getOrDefault(canonical(provider), List.of());
  }

  /**
   * A model's name without where it is: Google's {@code models/…} and {@code
   * publishers/google/models/…}, Amazon's {@code arn:aws:bedrock:…/…}.
   */
  static String withoutPath(String canonicalProvider, String name) {
    boolean path =
        (canonicalProvider.equals("google") && name.contains("models/"))
            || (canonicalProvider.equals("aws") && name.startsWith("arn:"));
    return path ? name.substring(name.lastIndexOf('/') + 1) : name;
  }
}
