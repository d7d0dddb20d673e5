package ai.powertools.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every Java block in the docs compiles, the ones marked so run, and no link leads nowhere. */
class GuidesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  @Test
  void everyJavaBlockCompilesAndThoseMarkedRun(@TempDir Path classes) throws Exception {
    List<JavaBlock> blocks = new ArrayList<>();
    for (Path file : Repository.files(".md")) {
      blocks.addAll(JavaBlock.in(file, blocks.size()));
    }
    assertThat(blocks).hasSizeGreaterThan(10);

    assertThat(compile(blocks, classes)).as("errors in the Java blocks of the docs").isEmpty();
    for (JavaBlock block : blocks) {
      if (block.run()) {
        run(block, classes);
      }
    }
  }

  @Test
  void noLinkLeadsNowhere() {
    List<String> broken = new ArrayList<>();
    for (Path file : Repository.files(".md")) {
      Matcher link = LINK.matcher(Repository.read(file));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains(":") && !Files.exists(file.resolveSibling(target))) {
          broken.add(Repository.root().relativize(file) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<String> compile(List<JavaBlock> blocks, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
    List<SourceText> sources = blocks.stream().map(SourceText::new).toList();
    compiler.getTask(null, null, diagnostics, options, null, sources).call();
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(GuidesTest::describe)
        .toList();
  }

  private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
    String message = diagnostic.getMessage(null);
    if (!(diagnostic.getSource() instanceof SourceText source)) {
      return message;
    }
    String line =
        source.block.source().lines().skip(diagnostic.getLineNumber() - 1).findFirst().orElse("");
    return source.block.where() + ": " + message + "\n    " + line.strip();
  }

  private static void run(JavaBlock block, Path classes) throws Exception {
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, GuidesTest.class.getClassLoader())) {
      Method method = loader.loadClass(block.className()).getDeclaredMethod("run");
      method.setAccessible(true);
      method.invoke(null);
    } catch (InvocationTargetException e) {
      throw new AssertionError("The block at " + block.where() + " failed", e.getCause());
    }
  }

  private static final class SourceText extends SimpleJavaFileObject {
    private final JavaBlock block;

    SourceText(JavaBlock block) {
      super(URI.create("mem:///" + block.className().replace('.', '/') + ".java"), Kind.SOURCE);
      this.block = block;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return block.source();
    }
  }
}
