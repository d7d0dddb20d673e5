package ai.powertools.retry.kept;

import static org.assertj.core.api.Assertions.assertThat;

import ai.powertools.core.Time;
import ai.powertools.retry.CallOptions;
import ai.powertools.retry.CallResult;
import ai.powertools.retry.ErrorHandler;
import ai.powertools.testing.JavaProcess;
import ai.powertools.testing.PostgresServer;
import ai.powertools.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes drive letters again: side by side, and killed in the middle of it. */
class DeadLettersProcessesIT {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int CYCLES = Integer.getInteger("powertools.crash.cycles", 6);
  private static final int LETTERS = 120;

  @TempDir Path folder;

  @Test
  void noLetterIsLostWhenWhoeverDrivesThemIsKilled() {
    Random random = new Random(SEED);
    String label = "-Dpowertools.seed=" + SEED;
    String place = folder.resolve("letters.db").toString();
    Map<Long, String> keys = keep(place, LETTERS);
    Map<Long, List<String>> driven = new TreeMap<>();
    TreeSet<Long> done = new TreeSet<>();
    Instant now = Instant.now();
    int orphans = 0;

    for (int cycle = 0; cycle < CYCLES; cycle++) {
      try (JavaProcess process = JavaProcess.start(Redriving.class, place, now.toString())) {
        process.awaitLine("ready");
        process.writeLine("go");
        for (int lines = 1 + random.nextInt(2 * LETTERS / CYCLES); lines > 0; lines--) {
          process.readLine().ifPresent(line -> note(line, driven, done, label));
        }
        process.kill();
        process.remainingLines().forEach(line -> note(line, driven, done, label));
      }
      try (Redriving.Opened opened = Redriving.Opened.at(place, Time.system())) {
        orphans += Math.toIntExact(opened.letters().counts().taken());
      }
      now = now.plus(Redriving.LEASE);
    }
    assertThat(orphans).as("kills that met a letter under way; %s", label).isPositive();

    try (Redriving.Opened opened = Redriving.Opened.at(place, VirtualClock.at(now))) {
      DeadLetters letters = opened.letters();
      letters.redrive(
          LetterFilter.all(),
          Redrivers.any(
              (letter, attempt) -> {
                note("driven " + letter.id() + " " + attempt.idempotencyKey(), driven, done, label);
                return "done";
              }));
      assertThat(letters.counts()).as(label).isEqualTo(new LetterCounts(0, 0, LETTERS, 0));
    }
    assertThat(driven.keySet()).as(label).isEqualTo(keys.keySet());
    driven.forEach(
        (id, seen) -> assertThat(seen).as("%s: %d", label, id).containsOnly(keys.get(id)));
    long again = driven.values().stream().filter(seen -> seen.size() > 1).count();
    assertThat(again).as("at most one of each kill; %s", label).isLessThanOrEqualTo(CYCLES);
  }

  /** A line that was cut off by the kill says nothing; what is settled is not driven again. */
  private static void note(
      String line, Map<Long, List<String>> driven, Set<Long> done, String label) {
    String[] words = line.split(" ", -1);
    if (line.startsWith("driven ") && words.length == 3 && words[2].length() == 36) {
      long id = Long.parseLong(words[1]);
      assertThat(done).as(label).doesNotContain(id);
      driven.computeIfAbsent(id, unknown -> new ArrayList<>()).add(words[2]);
    } else if (line.startsWith("settled ") && line.endsWith(" DONE")) {
      done.add(Long.parseLong(words[1]));
    }
  }

  @Test
  void noLetterIsDrivenTwiceByProcessesOnOneFile() {
    eachOnce(folder.resolve("letters.db").toString());
  }

  @Test
  void noLetterIsDrivenTwiceByProcessesOnOneDatabase() {
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    try {
      eachOnce(database.url());
    } finally {
      PostgresServer.shared().drop(database);
    }
  }

  private static void eachOnce(String place) {
    Map<Long, String> keys = keep(place, LETTERS);
    try (JavaProcess one = JavaProcess.start(Redriving.class, place, "-", "hold");
        JavaProcess two = JavaProcess.start(Redriving.class, place, "-", "hold")) {
      one.awaitLine("ready");
      two.awaitLine("ready");
      one.writeLine("go");
      two.writeLine("go");
      List<String> all = new ArrayList<>(List.of(firstDriven(one), firstDriven(two)));
      one.writeLine("on");
      two.writeLine("on");
      CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(one::remainingLines);
      all.addAll(driven(two.remainingLines()));
      all.addAll(driven(first.join()));

      List<String> expected =
          keys.entrySet().stream()
              .map(entry -> "driven " + entry.getKey() + " " + entry.getValue())
              .toList();
      assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    }
    try (Redriving.Opened opened = Redriving.Opened.at(place, Time.system())) {
      assertThat(opened.letters().counts()).isEqualTo(new LetterCounts(0, 0, LETTERS, 0));
    }
  }

  /** What was taken by the other one is skipped before. */
  private static String firstDriven(JavaProcess process) {
    String line = process.readLine().orElseThrow();
    while (!line.startsWith("driven ")) {
      line = process.readLine().orElseThrow();
    }
    return line;
  }

  private static List<String> driven(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("driven ")).toList();
  }

  /** The letters' keys by their numbers. */
  private static Map<Long, String> keep(String place, int number) {
    try (Redriving.Opened opened = Redriving.Opened.at(place, Time.system())) {
      DeadLetters letters = opened.letters();
      ErrorHandler handler = ErrorHandler.builder().deadLetters(letters).build();
      for (int i = 0; i < number; i++) {
        CallResult<String> failed =
            handler.run(
                CallOptions.of("vendor").input("task", "payload " + i),
                attempt -> {
                  throw new IOException("no such file", new java.io.FileNotFoundException("x"));
                });
        assertThat(failed.answered()).isFalse();
      }
      return letters.list(LetterFilter.all()).stream()
          .collect(Collectors.toMap(DeadLetter::id, DeadLetter::idempotencyKey));
    }
  }
}
