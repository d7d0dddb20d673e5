package ai.powertools.session;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What the cache says to Redis. A session has three keys: a hash of its values, the marks of those
 * who are about to change it, and a token that is another one after each change. While there is a
 * mark nothing is read or filled in; a value is filled in only under the token that was there
 * before it was read from the store.
 */
final class RedisScripts {
  private static final String NOW =
      """
      local t = redis.call('TIME')
      local now = t[1] * 1000 + math.floor(t[2] / 1000)
      """;

  private static final String READ =
      NOW
          + """
          if redis.call('ZCOUNT', KEYS[2], string.format('%.0f', now), '+inf') > 0 then
            return {'m', ''}
          end
          local found = redis.call('HGET', KEYS[1], ARGV[1])
          if found then
            return {'v', found}
          end
          redis.call('SET', KEYS[3], ARGV[2], 'NX')
          redis.call('PEXPIRE', KEYS[3], ARGV[3])
          return {'t', redis.call('GET', KEYS[3])}
          """;

  private static final String FILL =
      NOW
          + """
          if redis.call('ZCOUNT', KEYS[2], string.format('%.0f', now), '+inf') > 0
              or redis.call('GET', KEYS[3]) ~= ARGV[3] then
            return 0
          end
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
          if redis.call('PTTL', KEYS[1]) < 0 then
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
          end
          return 1
          """;

  private static final String MARK =
      NOW
          + """
          redis.call('DEL', KEYS[1], KEYS[3])
          redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now))
          redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[2]), ARGV[1])
          redis.call('PEXPIRE', KEYS[2], ARGV[2])
          return 1
          """;

  /** Also forgets: had Redis lost the mark, an old value could have been filled in. */
  private static final String UNMARK =
      """
      redis.call('ZREM', KEYS[2], ARGV[1])
      redis.call('DEL', KEYS[1], KEYS[3])
      return 1
      """;

  /** A writer that dies keeps others from the cache of its sessions for so long. */
  private static final Duration MARK_LIVES = Duration.ofMinutes(1);

  private static final Duration TOKEN_LIVES = Duration.ofMinutes(1);

  private final RedisLink link;
  private final String prefix;
  private final Duration ttl;

  RedisScripts(RedisLink link, String prefix, Duration ttl) {
    this.link = link;
    this.prefix = prefix;
    this.ttl = ttl;
  }

  /**
   * What Redis says of a value.
   *
   * @param kind 'v' for a value, 't' for a token to fill it in with, 'm' for neither
   */
  @SuppressWarnings("ArrayRecordComponent") // handed from here to the cache, and never compared
  record Answer(char kind, byte[] bytes) {}

  /** Empty when Redis is away. */
  Optional<Answer> read(String session, String name) {
    return link.<List<Object>>ask(
            redis ->
                redis.eval(
                    READ,
                    ScriptOutputType.MULTI,
                    keys(session),
                    bytes(name),
                    bytes(UUID.randomUUID().toString()),
                    millis(TOKEN_LIVES)))
        .map(answer -> new Answer((char) ((byte[]) answer.get(0))[0], (byte[]) answer.get(1)));
  }

  void fill(String session, String name, byte[] value, byte[] token) {
    link.<Long>ask(
        redis ->
            redis.eval(
                FILL,
                ScriptOutputType.INTEGER,
                keys(session),
                bytes(name),
                value,
                token,
                millis(ttl)));
  }

  /** Says that a writer is about to change these; false when Redis could not be told. */
  boolean mark(Collection<String> sessions, String writer) {
    return all(sessions, MARK, session -> new byte[][] {bytes(writer), millis(MARK_LIVES)});
  }

  /** Says that it has changed them, or has not; false when Redis could not be told. */
  boolean unmark(Collection<String> sessions, String writer) {
    return all(sessions, UNMARK, session -> new byte[][] {bytes(writer)});
  }

  private boolean all(
      Collection<String> sessions, String script, Function<String, byte[][]> arguments) {
    List<Function<RedisAsyncCommands<byte[], byte[]>, Future<Long>>> all = new ArrayList<>();
    for (String session : sessions) {
      all.add(
          redis ->
              redis.eval(
                  script, ScriptOutputType.INTEGER, keys(session), arguments.apply(session)));
    }
    return all.isEmpty() || !link.askAll(all).isEmpty();
  }

  private byte[][] keys(String session) {
    String tagged = "{" + session + "}"; // together also in a cluster
    return new byte[][] {
      bytes(prefix + "v:" + tagged), bytes(prefix + "m:" + tagged), bytes(prefix + "t:" + tagged)
    };
  }

  private static byte[] millis(Duration duration) {
    return bytes("" + duration.toMillis());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
