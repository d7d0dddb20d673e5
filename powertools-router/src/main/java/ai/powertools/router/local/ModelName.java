package ai.powertools.router.local;

import java.util.Locale;

/**
 * The name of a model as people write it. Ollama does not mind the case, and takes {@code :latest}
 * for granted; llama.cpp calls a model by the path of its file, unless it was given another name.
 */
record ModelName(String text) {
  private static final String LATEST = ":latest";
  private static final String FILE = ".gguf";

  ModelName {
    if (text.isBlank()) {
      throw new IllegalArgumentException("A model needs a name, as in qwen3:8b.");
    }
    text = text.strip();
  }

  /** Whether a server means this model by that name. */
  boolean matches(String served) {
    String wanted = plain(text);
    String there = plain(served);
    return there.equals(wanted) || (there.endsWith(FILE) && isFile(wanted, there));
  }

  private static boolean isFile(String wanted, String path) {
    String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return file.equals(wanted) || file.equals(wanted + FILE);
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(LATEST) ? lower.substring(0, lower.length() - LATEST.length()) : lower;
  }

  @Override
  public String toString() {
    return "\"" + text + "\"";
  }
}
