package ai.powertools.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens once per program, in a class loader that has not seen it happen. */
class TokenFirstUseTest {
  private static final int THREADS = 16;

  @Test
  void loadsAVocabularyOnceForAllThreadsThatAskAtOnce() throws Exception {
    try (URLClassLoader fresh = fresh(List.of())) {
      Class<?> tokenizer = fresh.loadClass("ai.powertools.models.Tokenizer");
      Class<?> counter = fresh.loadClass("ai.powertools.models.TokenCounter");
      Method valueOf = tokenizer.getMethod("valueOf", String.class);
      Method of = counter.getMethod("of", tokenizer);
      CountDownLatch start = new CountDownLatch(THREADS);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        Callable<String> first =
            () -> {
              start.countDown();
              start.await();
              Object counting = of.invoke(null, valueOf.invoke(null, "P50K_EDIT"));
              return count(counter, counting);
            };
        List<Future<String>> counts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          counts.add(threads.submit(first));
        }
        for (Future<String> count : counts) {
          assertThat(count.get()).isEqualTo(TokenCount.exactly(3).toString());
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void findsProvidersByTheServiceLoader(@TempDir Path folder) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(TokenCounterProvider.class.getName()), Installed.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader fresh = fresh(List.of(folder.toUri().toURL()))) {
      thread.setContextClassLoader(fresh);
      Class<?> model = fresh.loadClass("ai.powertools.models.Model");
      Class<?> catalog = fresh.loadClass("ai.powertools.models.ModelCatalog");
      Class<?> counter = fresh.loadClass("ai.powertools.models.TokenCounter");
      Object bundled = catalog.getMethod("bundled").invoke(null);
      Object acme =
          model
              .getMethod("local", String.class, String.class, long.class)
              .invoke(null, "acme", "small", 1_000L);

      assertThat(count(counter, catalog.getMethod("tokens", model).invoke(bundled, acme)))
          .isEqualTo(TokenCount.exactly(2).toString());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Counts words. */
  public static final class Installed implements TokenCounterProvider {
    @Override
    public Optional<TokenCounter> counterFor(Model model) {
      return Optional.of(TokenCounter.of(Tokenizer.WORDS));
    }
  }

  private static String count(Class<?> type, Object counter) throws Exception {
    return type.getMethod("count", String.class).invoke(counter, "Hello world!").toString();
  }

  private static URLClassLoader fresh(List<URL> more) throws MalformedURLException {
    List<URL> urls = new ArrayList<>(more);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
