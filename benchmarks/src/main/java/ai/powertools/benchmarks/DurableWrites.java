package ai.powertools.benchmarks;

/**
 * A place that keeps values durably: a write has reached the disk when it returns. Each thread
 * writes under its own number, one value after the other. Closing it gives files, connections and
 * native memory back.
 */
interface DurableWrites extends AutoCloseable {
  /**
   * Keeps a value.
   *
   * @param thread from 0 on
   * @param key from 0 on; places that only append take no notice of it
   * @param value of ASCII letters
   */
  void write(int thread, int key, String value);

  /** What that thread wrote last under that key; of a place that only appends, its last value. */
  String last(int thread, int key);

  @Override
  void close();
}
