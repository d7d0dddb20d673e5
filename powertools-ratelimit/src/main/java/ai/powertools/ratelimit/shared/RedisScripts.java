package ai.powertools.ratelimit.shared;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the scripts in Redis: by their digest, and in full where Redis does not know them yet.
 *
 * @param clock what to tell them for the time
 */
record RedisScripts(RedisLink link, Supplier<String> clock) {
  /** Nothing: the server's own. */
  static final Supplier<String> SERVER_TIME = () -> "";

  static final Script TAKE = Script.of("take.lua");
  static final Script GIVE_BACK = Script.of("give_back.lua");
  static final Script BACK_OFF = Script.of("back_off.lua");
  static final Script RENEW = Script.of("renew.lua");

  /**
   * @param digest SHA-1, in hexadecimal
   */
  record Script(String text, String digest) {
    static Script of(String name) {
      String text = read("line.lua") + read(name);
      return new Script(text, sha1(text));
    }

    private static String read(String name) {
      try (InputStream in = RedisScripts.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException(
              name + " is missing beside " + RedisScripts.class + ": repackage with resources.");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String sha1(String text) {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has SHA-1", e);
      }
    }
  }

  /** Runs a script; fails at once when the link is closed. */
  CompletionStage<List<Object>> run(Script script, String[] keys, String... values) {
    values[0] = clock.get();
    return ask(
        redis ->
            recovered(
                redis.evalsha(script.digest(), ScriptOutputType.MULTI, keys, values),
                () -> redis.eval(script.text(), ScriptOutputType.MULTI, keys, values)));
  }

  CompletionStage<Long> removePlace(String key, String lease) {
    return ask(redis -> redis.zrem(key, lease));
  }

  private <T> CompletionStage<T> ask(
      Function<RedisAsyncCommands<String, String>, CompletionStage<T>> question) {
    CompletableFuture<StatefulRedisConnection<String, String>> connection = link.connection();
    if (connection == null) {
      return CompletableFuture.failedFuture(SharedLimitsException.closed("limits in Redis"));
    }
    return connection.thenCompose(open -> question.apply(open.async()));
  }

  private static <T> CompletionStage<T> recovered(
      CompletionStage<T> answer, Supplier<CompletionStage<T>> whole) {
    return answer
        .<CompletionStage<T>>handle(
            (value, failure) ->
                isUnknownScript(failure)
                    ? whole.get()
                    : failure == null
                        ? CompletableFuture.completedStage(value)
                        : CompletableFuture.failedStage(failure))
        .thenCompose(stage -> stage);
  }

  private static boolean isUnknownScript(@Nullable Throwable failure) {
    return failure instanceof RedisNoScriptException
        || (failure instanceof CompletionException
            && failure.getCause() instanceof RedisNoScriptException);
  }
}
