package ai.powertools.retry.kept;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.retry.ErrorHandler;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StoreAbsentTest {
  /** What an application without the store does. */
  static final class Application implements Callable<List<String>> {
    @Override
    public List<String> call() {
      return List.of(
          ErrorHandler.builder().build().call(() -> "works"),
          said(() -> DeadLetters.at(Path.of("letters.db"))),
          said(() -> KeptErrors.at(Path.of("errors.db"))));
    }

    private static String said(Callable<?> call) {
      try {
        return call.call().getClass().getName();
      } catch (Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
      }
    }
  }

  /** The class path without the store, which in a build is a folder of classes, not a jar. */
  private static final class WithoutStore extends URLClassLoader {
    WithoutStore() {
      super(classPath(), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] classPath() {
      String entries = Objects.requireNonNull(System.getProperty("java.class.path"));
      return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
          .splitAsStream(entries)
          .map(WithoutStore::url)
          .toArray(URL[]::new);
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("ai.powertools.store.")) {
        throw new ClassNotFoundException(name);
      }
      return super.findClass(name);
    }
  }

  @Test
  void callsWorkWithoutTheStoreAndWhatNeedsItSaysSo() throws Exception {
    try (WithoutStore loader = new WithoutStore()) {
      var constructor = loader.loadClass(Application.class.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      assertThat(((Callable<?>) constructor.newInstance()).call())
          .isEqualTo(
              List.of(
                  "works",
                  "ConfigurationException: Dead letters need powertools-store, which is not on the"
                      + " class path: add ai.powertools:powertools-store.",
                  "ConfigurationException: Kept errors need powertools-store, which is not on the"
                      + " class path: add ai.powertools:powertools-store."));
    }
  }
}
