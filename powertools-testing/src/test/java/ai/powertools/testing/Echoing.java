package ai.powertools.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The process of {@link JavaProcessIT}: says what it was given, then repeats what it reads. */
final class Echoing {
  private Echoing() {}

  public static void main(String[] arguments) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
    System.out.println("arguments " + List.of(arguments));
    System.out.println("greeting " + System.getenv("GREETING"));
    System.out.println("ready");
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      if (line.startsWith("exit ")) {
        System.exit(Integer.parseInt(line.substring(5)));
      }
      System.out.println("echo " + line);
    }
  }
}
