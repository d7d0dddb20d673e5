package ai.powertools.orchestrator;

import ai.powertools.core.Secret;
import ai.powertools.router.ChatProvider;
import ai.powertools.router.providers.Anthropic;
import ai.powertools.router.providers.ClientBuilder;
import ai.powertools.router.providers.Gemini;
import ai.powertools.router.providers.LlamaCpp;
import ai.powertools.router.providers.Ollama;
import ai.powertools.router.providers.OpenAi;
import ai.powertools.router.providers.OpenAiCompatible;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers of a configuration, and those that the environment has keys for. */
final class ProviderSettings {
  /** The sections that there may be, each also the first half of its models' names. */
  static final List<String> NAMES =
      List.of("openai", "openai_compatible", "anthropic", "gemini", "ollama", "llama_cpp");

  private ProviderSettings() {}

  /** The provider that a section describes; its other entries are refused. */
  static ChatProvider read(String name, YamlSection section) {
    return switch (name) {
      case "openai" -> common(OpenAi.builder(), section, "base_url").build();
      case "anthropic" -> common(Anthropic.builder(), section, "base_url").build();
      case "gemini" -> common(Gemini.builder(), section, "base_url").build();
      case "ollama" -> common(Ollama.builder(), section, "url").build();
      case "llama_cpp" -> common(LlamaCpp.builder(), section, "url").build();
      default -> {
        OpenAiCompatible.Builder builder = OpenAiCompatible.builder().name(name);
        section.text("name").ifPresent(builder::name);
        yield common(builder, section, "base_url").build();
      }
    };
  }

  /** The provider of this name, if the environment says enough, or it needs nothing. */
  static Optional<? extends ChatProvider> found(String name, Map<String, String> environment) {
    return switch (name) {
      case "openai" -> OpenAi.find(environment);
      case "anthropic" -> Anthropic.find(environment);
      case "gemini", "google" -> Gemini.find(environment);
      case "ollama" -> Optional.of(Ollama.local());
      case "llama_cpp" -> Optional.of(LlamaCpp.local());
      default -> Optional.empty();
    };
  }

  /** What the provider of a section calls itself, where the section does not say. */
  static String called(String section) {
    return switch (section) {
      case "gemini" -> "google";
      case "llama_cpp" -> "llama.cpp";
      default -> section;
    };
  }

  /** The variable that would have been enough; empty where there is none. */
  static Optional<String> variable(String name) {
    return switch (name) {
      case "openai" -> Optional.of("OPENAI_API_KEY");
      case "anthropic" -> Optional.of("ANTHROPIC_API_KEY");
      case "gemini", "google" -> Optional.of("GEMINI_API_KEY");
      default -> Optional.empty();
    };
  }

  private static <B extends ClientBuilder<B>> B common(
      B builder, YamlSection section, String address) {
    section
        .parsed(address, "a URL that begins with http:// or https://", ProviderSettings::http)
        .ifPresent(builder::baseUrl);
    section.text("key").map(Secret::of).ifPresent(builder::key);
    section.duration("timeout").ifPresent(builder::timeout);
    section.refuseOthers();
    return builder;
  }

  private static URI http(String text) {
    URI uri = URI.create(text);
    if (!("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }
}
