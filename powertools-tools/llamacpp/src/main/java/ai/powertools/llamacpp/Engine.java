package ai.powertools.llamacpp;

import ai.powertools.core.ConfigurationException;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The native model, which must not be freed while anybody uses it: that would end the process, not
 * a call.
 */
final class Engine implements AutoCloseable {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final LlamaModel llama;
  private boolean closed;

  private Engine(LlamaModel llama) {
    this.llama = llama;
  }

  /** How to load. */
  record Settings(int contextTokens, OptionalInt threads, int gpuLayers, boolean embeds) {}

  static Engine load(Path file, Settings settings) {
    LlamaModel.setLogger(LogFormat.TEXT, (level, line) -> {}); // it writes pages to the console
    ModelParameters parameters =
        new ModelParameters()
            .setModel(file.toString())
            .setCtxSize(settings.contextTokens())
            .setGpuLayers(settings.gpuLayers());
    settings.threads().ifPresent(parameters::setThreads);
    if (settings.embeds()) {
      parameters.enableEmbedding();
    }
    try {
      return new Engine(new LlamaModel(parameters));
    } catch (RuntimeException e) { // its own exception is not public
      throw new ConfigurationException(
          "llama.cpp can't load %s: %s. Check that it is a whole GGUF file of a model that this version knows."
              .formatted(file, e.getMessage()));
    } catch (UnsatisfiedLinkError e) {
      throw new ConfigurationException(
          "There is no llama.cpp for this machine in the jar: "
              + e.getMessage()
              + ". Use a llama.cpp server, or Ollama.");
    }
  }

  /**
   * Uses the model.
   *
   * @throws IllegalStateException if it is closed
   */
  <T> T using(Function<LlamaModel, T> use) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The model was closed. Load its file again.");
      }
      return use.apply(llama);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          "A call of this thread still uses the model. Close it after the call.");
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        llama.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
