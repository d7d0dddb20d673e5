package ai.powertools.testing;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The class path of the tests without some of its jars: what an application sees that did not add
 * an optional library. Classes loaded here are others than those of the test, also where they have
 * the same name; only those of the JDK are shared. Close it when nothing of it is used any more.
 */
public final class ClassPathWithout implements AutoCloseable {
  private final URLClassLoader loader;

  private ClassPathWithout(URLClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Without these.
   *
   * @param names beginnings of the jars' file names, as in {@code "lettuce-core"}
   */
  public static ClassPathWithout jars(String... names) {
    List<URL> urls = new ArrayList<>();
    String classPath = Objects.requireNonNull(System.getProperty("java.class.path"));
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (!isOneOf(path.getFileName().toString(), names)) {
        urls.add(url(path));
      }
    }
    return new ClassPathWithout(
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
  }

  private static boolean isOneOf(String file, String... names) {
    for (String name : names) {
      if (file.startsWith(name)) {
        return true;
      }
    }
    return false;
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("The class path has " + path + ", which is no address.", e);
    }
  }

  /**
   * The class of that name.
   *
   * @throws ClassNotFoundException if it is not there
   */
  public Class<?> load(String name) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  /**
   * Makes one of a class that is called, by its constructor without arguments, and calls it.
   *
   * @param type of it; as its class is another one there, it should give nothing but what the JDK
   *     knows, such as a string
   * @return what it gives
   * @throws Exception what it throws
   */
  public Object call(Class<? extends Callable<?>> type) throws Exception {
    var constructor = load(type.getName()).getDeclaredConstructor();
    constructor.setAccessible(true); // a class of a test need not be public
    return ((Callable<?>) constructor.newInstance()).call();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
