package ai.powertools.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java block of a Markdown file, as a source file that can be compiled.
 *
 * <p>A block of statements becomes the body of a method; imports may stand at its top. What a block
 * needs but does not show stands in a comment in front of it: {@code <!-- given: String x = "";
 * -->}. After {@code <!-- run -->} the block is also run.
 */
record JavaBlock(Path file, int line, String className, String source, boolean run) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "((?:<!--(?:(?!-->)[\\s\\S])*-->\\s*)*)^```java\\n([\\s\\S]*?)^```", Pattern.MULTILINE);
  private static final Pattern GIVEN = Pattern.compile("<!--\\s*given:([\\s\\S]*?)-->");
  private static final Pattern TYPE =
      Pattern.compile(
          "\\A(?:\\s|//.*\\n|@\\w+.*\\n)*(?:public |final |abstract |sealed )*"
              + "(?:class|record|interface|enum) (\\w+)");
  private static final Pattern IMPORT =
      Pattern.compile("^import [^;]+;\\s*?\\n", Pattern.MULTILINE);

  private static final String COMMON_IMPORTS =
      String.join(
          "\n",
          List.of(
              "import ai.powertools.core.*;",
              "import ai.powertools.cost.*;",
              "import ai.powertools.logging.*;",
              "import ai.powertools.models.*;",
              "import ai.powertools.orchestrator.*;",
              "import ai.powertools.ratelimit.*;",
              "import ai.powertools.retry.*;",
              "import ai.powertools.router.*;",
              "import ai.powertools.router.providers.*;",
              "import ai.powertools.session.*;",
              "import ai.powertools.store.*;",
              "import ai.powertools.testing.*;",
              "import ai.powertools.workflow.*;",
              "import java.net.URI;",
              "import java.nio.file.*;",
              // One by one: java.time has a Period too.
              "import java.time.Duration;",
              "import java.time.Instant;",
              "import java.time.LocalDate;",
              "import java.time.ZoneId;",
              "import java.time.ZoneOffset;",
              "import java.util.*;",
              "import java.util.concurrent.*;",
              ""));

  static List<JavaBlock> in(Path file, int firstNumber) {
    String text = Repository.read(file);
    List<JavaBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      int line = (int) text.substring(0, matcher.start(2)).lines().count() + 1;
      String before = matcher.group(1);
      boolean run = before.contains("<!-- run -->");
      int number = firstNumber + blocks.size();
      blocks.add(of(file, line, number, given(before), matcher.group(2), run));
    }
    return blocks;
  }

  private static String given(String comments) {
    StringBuilder given = new StringBuilder();
    Matcher matcher = GIVEN.matcher(comments);
    while (matcher.find()) {
      given.append(matcher.group(1).strip()).append('\n');
    }
    return given.toString();
  }

  private static JavaBlock of(
      Path file, int line, int number, String given, String code, boolean run) {
    String pack = "block" + number;
    String all = given + code;
    StringBuilder imports = new StringBuilder();
    Matcher matcher = IMPORT.matcher(all);
    while (matcher.find()) {
      imports.append(matcher.group().strip()).append('\n');
    }
    String body = IMPORT.matcher(all).replaceAll("");
    String head = "package " + pack + ";\n" + COMMON_IMPORTS + imports;
    // What is shown decides; a type that is only given stands within the method.
    Matcher type = TYPE.matcher(IMPORT.matcher(code).replaceAll(""));
    if (type.find() && body.stripTrailing().endsWith("}")) {
      return new JavaBlock(file, line, pack + "." + type.group(1), head + body, run);
    }
    String source =
        head + "class Block {\n  static void run() throws Exception {\n" + body + "\n  }\n}\n";
    return new JavaBlock(file, line, pack + ".Block", source, run);
  }

  String where() {
    return Repository.root().relativize(file) + ":" + line;
  }
}
