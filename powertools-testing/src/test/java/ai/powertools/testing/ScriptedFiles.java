package ai.powertools.testing;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The process of {@link ForgetfulDiskIT}: does to files what its arguments say, then waits. */
final class ScriptedFiles {
  private ScriptedFiles() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      String[] words = arguments[i].split(" ", -1);
      run(folder, words);
    }
    System.out.println("ready");
    System.in.read();
  }

  private static void run(Path folder, String[] words) throws IOException {
    Path file = folder.resolve(words.length > 1 ? words[1] : "");
    switch (words[0]) {
      case "write" -> write(file, Long.parseLong(words[2]), words[3], StandardOpenOption.WRITE);
      case "writeSynced" ->
          write(file, Long.parseLong(words[2]), words[3], StandardOpenOption.DSYNC);
      case "append" -> write(file, -1, words[2], StandardOpenOption.APPEND);
      case "gather" -> gather(file, words[2], words[3]);
      case "stream" -> {
        try (FileOutputStream stream = new FileOutputStream(file.toFile())) {
          stream.write(words[2].getBytes(StandardCharsets.UTF_8));
        }
      }
      case "setLength" -> {
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
          random.setLength(Long.parseLong(words[2]));
        }
      }
      case "truncate" -> {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(Long.parseLong(words[2]));
        }
      }
      case "transfer" -> {
        try (FileChannel from = FileChannel.open(folder.resolve(words[2]));
            FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE)) {
          from.transferTo(0, from.size(), to);
        }
      }
      case "map" -> {
        try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
          map.put(words[2].getBytes(StandardCharsets.UTF_8));
        }
      }
      case "force" -> force(file, StandardOpenOption.WRITE, false);
      case "forceAll" -> force(file, StandardOpenOption.WRITE, true);
      case "forceFolder" -> force(folder, StandardOpenOption.READ, true);
      case "delete" -> Files.delete(file);
      case "move" -> Files.move(file, folder.resolve(words[2]), StandardCopyOption.ATOMIC_MOVE);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void write(Path file, long at, String text, StandardOpenOption how)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
      if (at < 0) {
        channel.write(bytes);
      } else {
        channel.write(bytes, at);
      }
    }
  }

  private static void gather(Path file, String first, String second) throws IOException {
    ByteBuffer[] parts = {
      ByteBuffer.wrap(first.getBytes(StandardCharsets.UTF_8)),
      ByteBuffer.wrap(second.getBytes(StandardCharsets.UTF_8))
    };
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(parts);
    }
  }

  private static void force(Path path, StandardOpenOption how, boolean all) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(all);
    }
  }
}
