package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
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

  Optional<String> text(String key) {
    return node(key).map(node -> scalar(node, key)).filter(value -> !value.isBlank());
  }

  /** A list, or one value in its place. */
  List<String> texts(String key) {
    List<String> all = new ArrayList<>();
    node(key)
        .ifPresent(
            node -> {
              if (node instanceof YamlNode.Items list) {
                list.items().forEach(item -> all.add(scalar(item, key)));
              } else {
                all.add(scalar(node, key));
              }
            });
    return all;
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

  /** A value that a function understands, or an error that says what it should be. */
  <T> Optional<T> parsed(String key, String what, Function<String, T> reading) {
    return node(key)
        .filter(node -> !scalar(node, key).isBlank())
        .map(
            node -> {
              String value = scalar(node, key);
              try {
                return reading.apply(value);
              } catch (IllegalArgumentException e) {
                throw error(node, key, "must be " + what + ", not \"" + value + "\"");
              }
            });
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
