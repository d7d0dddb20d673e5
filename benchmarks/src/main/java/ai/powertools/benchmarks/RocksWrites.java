package ai.powertools.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** RocksDB with its defaults, each write synced; threads that write together share a sync. */
final class RocksWrites implements DurableWrites {
  private final Options options = new Options().setCreateIfMissing(true);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB database;

  private RocksWrites(Path folder) {
    try {
      this.database = RocksDB.open(options, folder.toString());
    } catch (RocksDBException e) {
      synced.close();
      options.close();
      throw new IllegalStateException("Could not open " + folder + ".", e);
    }
  }

  /** In a new folder. */
  static RocksWrites at(Path folder) {
    RocksDB.loadLibrary();
    return new RocksWrites(folder);
  }

  @Override
  public void write(int thread, int key, String value) {
    put(name(thread, key), value.getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps bytes, durably. */
  void put(byte[] key, byte[] value) {
    try {
      database.put(synced, key, value);
    } catch (RocksDBException e) {
      throw new IllegalStateException("Could not write to RocksDB.", e);
    }
  }

  @Override
  public String last(int thread, int key) {
    return new String(get(name(thread, key)), StandardCharsets.UTF_8);
  }

  /** The bytes under a key, which must be there. */
  byte[] get(byte[] key) {
    try {
      byte[] value = database.get(key);
      if (value == null) {
        throw new IllegalStateException("RocksDB has nothing under " + Arrays.toString(key) + ".");
      }
      return value;
    } catch (RocksDBException e) {
      throw new IllegalStateException("Could not read from RocksDB.", e);
    }
  }

  /** The database first, what it was opened with afterwards. */
  @Override
  public void close() {
    database.close();
    synced.close();
    options.close();
  }

  private static byte[] name(int thread, int key) {
    return ("thread-" + thread + "/key-" + key).getBytes(StandardCharsets.UTF_8);
  }
}
