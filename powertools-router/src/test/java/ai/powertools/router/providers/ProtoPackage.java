package ai.powertools.router.providers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The messages and enums of one package of proto files; nested names have dots. */
final class ProtoPackage {
  final Map<String, List<ProtoField>> messages = new HashMap<>();
  final Map<String, List<String>> enums = new HashMap<>();

  /** The fields that a call takes from its path, by the message that is its request. */
  final Map<String, Set<String>> inPath = new HashMap<>();

  static ProtoPackage read(Path folder) {
    ProtoPackage result = new ProtoPackage();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".proto")).sorted().toList()) {
        result.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  ProtoPackage add(String source) {
    new ProtoParser(ProtoTokens.of(source), this).file();
    return this;
  }

  void addField(String message, ProtoField field) {
    messages.computeIfAbsent(message, m -> new ArrayList<>()).add(field);
  }

  void addPathField(String message, String field) {
    inPath.computeIfAbsent(message, m -> new HashSet<>()).add(field);
  }

  /** The full name of a message or enum that is called so inside a message. */
  String resolve(String scope, String type) {
    String outer = scope;
    while (true) {
      String candidate = outer.isEmpty() ? type : outer + "." + type;
      if (messages.containsKey(candidate) || enums.containsKey(candidate)) {
        return candidate;
      }
      if (outer.isEmpty()) {
        throw new IllegalArgumentException(scope + " has a field of unknown type " + type);
      }
      outer = outer.substring(0, Math.max(0, outer.lastIndexOf('.')));
    }
  }
}
