package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping of a configuration file, read key by key. {@code ${NAME}} in a value stands for a
 * variable of the environment. Every error names the file, the line, the key and the remedy; a key
 * that nobody asked for is an error too.
 */
final class YamlSection {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  private final Path file;
  private final String path;
  private final YamlNode.Mapping mapping;
  private final Map<String, String> environment;
  private final TreeSet<String> known = new TreeSet<>();

  private YamlSection(
      Path file, String path, YamlNode.Mapping mapping, Map<String, String> environment) {
    this.file = file;
    this.path = path;
    this.mapping = mapping;
    this.environment = environment;
  }

  static YamlSection of(Path file, Map<String, String> environment) {
    YamlNode root = YamlNode.read(file);
    if (!(root instanceof YamlNode.Mapping mapping)) {
      throw new ConfigurationException(
          file
              + ", line "
              + root.line()
              + ": a configuration is keys and values, as in \"key: value\".");
    }
    return new YamlSection(file, "", mapping, environment);
  }

  Optional<YamlSection> section(String key) {
    return node(key)
        .map(
            node -> {
              if (node instanceof YamlNode.Mapping inner) {
                return new YamlSection(file, path + key + ".", inner, environment);
              }
              throw error(node, key, "must be a section with keys of its own");
            });
  }

  /** A list of sections, or one in its place. */
  List<YamlSection> sections(String key) {
    List<YamlSection> all = new ArrayList<>();
    for (YamlNode node : nodes(key)) {
      if (!(node instanceof YamlNode.Mapping inner)) {
        throw error(node, key, "must be a list of sections with keys of their own");
      }
      all.add(new YamlSection(file, path + key + ".", inner, environment));
    }
    return all;
  }

  /**
   * A section whose keys are names of the user's own, in their order; empty where there is none.
   */
  Map<String, String> pairs(String key) {
    Map<String, String> all = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            section ->
                section
                    .mapping
                    .entries()
                    .forEach((name, node) -> all.put(name, section.scalar(node, name))));
    return all;
  }

  /** A section of sections whose names are the user's own, in their order. */
  Map<String, YamlSection> named(String key) {
    Map<String, YamlSection> all = new LinkedHashMap<>();
    section(key)
        .ifPresent(
            section ->
                section
                    .mapping
                    .entries()
                    .keySet()
                    .forEach(name -> all.put(name, section.section(name).orElseThrow())));
    return all;
  }

  Optional<String> text(String key) {
    return node(key).map(node -> scalar(node, key)).filter(value -> !value.isBlank());
  }

  /** A list, or one value in its place. */
  List<String> texts(String key) {
    return nodes(key).stream().map(node -> scalar(node, key)).toList();
  }

  /** A whole number of at least 1. */
  OptionalLong count(String key) {
    return parsed(key, "a whole number of at least 1", YamlSection::positive)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** A number and ms, s, m or h. */
  Optional<Duration> duration(String key) {
    return parsed(key, "a number and ms, s, m or h, as in 200ms or 5m", YamlSection::span);
  }

  /** Yes or no. */
  Optional<Boolean> flag(String key) {
    return parsed(key, "true or false", YamlSection::truth);
  }

  /** A value that a function understands, or an error that says what it should be. */
  <T> Optional<T> parsed(String key, String what, Function<String, T> reading) {
    return node(key)
        .filter(node -> !scalar(node, key).isBlank())
        .map(node -> read(node, key, what, reading));
  }

  /** The same for each of a list, or for one value in its place. */
  <T> List<T> allParsed(String key, String what, Function<String, T> reading) {
    return nodes(key).stream().map(node -> read(node, key, what, reading)).toList();
  }

  /** What is made of a key's value, or an error with what whoever makes it says is wrong. */
  <T> T sound(String key, Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      throw error(
          key, "is wrong: " + (why.endsWith(".") ? why.substring(0, why.length() - 1) : why));
    }
  }

  /** Something is wrong with the value of a key, or with its missing. */
  ConfigurationException error(String key, String problem) {
    YamlNode node = mapping.entries().get(key);
    return error(node == null ? mapping : node, key, problem);
  }

  /** Something is wrong with the section as a whole. */
  ConfigurationException error(String problem) {
    return new ConfigurationException(
        "%s, line %d: \"%s\" %s."
            .formatted(file, mapping.line(), path.substring(0, path.length() - 1), problem));
  }

  /** To be called when all keys have been asked for. */
  void refuseOthers() {
    for (Map.Entry<String, YamlNode> entry : mapping.entries().entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw error(
            entry.getValue(),
            entry.getKey(),
            "is not known here; known are " + String.join(", ", known));
      }
    }
  }

  private Optional<YamlNode> node(String key) {
    known.add(key);
    return Optional.ofNullable(mapping.entries().get(key));
  }

  /** The items of a list, or one node in its place; none where the key is missing or empty. */
  private List<YamlNode> nodes(String key) {
    return node(key)
        .filter(node -> !(node instanceof YamlNode.Scalar scalar && scalar.text().isBlank()))
        .map(node -> node instanceof YamlNode.Items list ? list.items() : List.of(node))
        .orElse(List.of());
  }

  private <T> T read(YamlNode node, String key, String what, Function<String, T> reading) {
    String value = scalar(node, key);
    try {
      return reading.apply(value);
    } catch (IllegalArgumentException e) {
      throw error(node, key, "must be " + what + ", not \"" + value + "\"");
    }
  }

  private String scalar(YamlNode node, String key) {
    if (!(node instanceof YamlNode.Scalar scalar)) {
      throw error(node, key, "must be a single value");
    }
    Matcher matcher = VARIABLE.matcher(scalar.text());
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null) {
        throw error(
            node, key, "needs the environment variable " + matcher.group(1) + ", which is not set");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(text).toString();
  }

  private ConfigurationException error(YamlNode node, String key, String problem) {
    return new ConfigurationException(
        "%s, line %d: \"%s%s\" %s.".formatted(file, node.line(), path, key, problem));
  }

  private static long positive(String text) {
    long value = Long.parseLong(text.replace("_", ""));
    if (value < 1) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static boolean truth(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Duration span(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
