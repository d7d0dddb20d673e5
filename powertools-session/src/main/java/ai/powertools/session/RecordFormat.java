package ai.powertools.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that are kept for one value or one entry of a log. Numbers are big-endian, varints have
 * seven bits a byte with the lowest first.
 *
 * <pre>
 * 1       format, 1
 * 1       number of the codec
 * 1       flags: bits 0 and 1 compression (0 none, 1 zstd, 2 zstd with dictionary),
 *         bit 2 encrypted, bit 3 schema version, the others 0
 * varint  schema version, with bit 3
 * 4       number of the dictionary, with compression 2
 * varint  size before compression, with compression 1 or 2
 * with bit 2:
 *   1     length of the key's name
 *   n     name of the key, ASCII
 *   4     check of the key: the first bytes of SHA-256("ai.powertools.session", key)
 *   12    nonce
 * n       payload: what the codec gave, compressed (a frame of zstd without size, dictionary's
 *         number and checksum), encrypted (AES-256-GCM, the tag of 16 bytes at its end; what is
 *         authenticated too is all before the payload, and the place below)
 * 4       CRC-32C of the identity and of all before
 * </pre>
 *
 * The identity is a place (session, seq and version, 8 bytes each; 4 bytes length of the key; the
 * key in UTF-8) and the times written and expiring, 8 bytes each. The first byte and the last four
 * mean the same in every format to come, so damage can be told from what is new.
 *
 * <p>Safe for use by many threads. Closing it, which may be done twice, frees native memory.
 */
final class RecordFormat implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Codecs codecs;
  private final Upcasters upcasters;
  private final Compressor compressor;
  private final Encryption encryption;

  /**
   * A format.
   *
   * @param keys null: what is written is not encrypted
   * @param dictionaries the bytes of a dictionary by its number
   */
  RecordFormat(
      Codecs codecs,
      Upcasters upcasters,
      Compression compression,
      @Nullable EncryptionKeys keys,
      LongFunction<Optional<byte[]>> dictionaries) {
    this(codecs, upcasters, compression, keys, dictionaries, RecordFormat::nonce);
  }

  /** The same with nonces of one's own, for tests. */
  RecordFormat(
      Codecs codecs,
      Upcasters upcasters,
      Compression compression,
      @Nullable EncryptionKeys keys,
      LongFunction<Optional<byte[]>> dictionaries,
      Supplier<byte[]> nonces) {
    this.codecs = codecs;
    this.upcasters = upcasters;
    this.compressor = new Compressor(compression, dictionaries);
    this.encryption = new Encryption(keys, nonces);
  }

  /** Whether what is written is compressed. */
  boolean compresses() {
    return compressor.isOn();
  }

  /** The dictionary to compress with from now on; null for none. */
  void useDictionary(@Nullable CompressionDictionary dictionary) {
    compressor.use(dictionary);
  }

  /**
   * A value as a record.
   *
   * @throws NullPointerException if the value is null
   * @throws SessionException if the codec can't write it, or is not among those of this format
   */
  byte[] write(RecordId id, Object value, Codec codec, String where) {
    return seal(id, prepare(value, codec, where));
  }

  /** All of {@link #write} that can be done before it is known where the record will stand. */
  Prepared prepare(Object value, Codec codec, String where) {
    CodecCalls.check(value, codec, codecs, where);
    return prepared(codec, version(codec, value), CodecCalls.encode(value, codec, where));
  }

  /** The same with the codec that such values are written with. */
  Prepared prepare(Object value, String where) {
    return prepare(value, codecs.codecFor(value), where);
  }

  /** The rest of {@link #write}. */
  byte[] seal(RecordId id, Prepared prepared) {
    return sealed(id, prepared.header(), prepared.payload());
  }

  /**
   * A value as a record that takes the place of another one, of which it keeps the fields that the
   * type does not know: see {@link JsonCodec#keepUnknown}. The other one is of an older version, or
   * of one that this program has just read.
   *
   * @param type what the other one was read as
   */
  byte[] rewrite(
      RecordId beforeId,
      byte[] before,
      RecordId id,
      Object value,
      Codec codec,
      Type type,
      String where) {
    return seal(id, prepare(beforeId, before, value, codec, type, where));
  }

  /** All of {@link #rewrite} that can be done before it is known where the record will stand. */
  Prepared prepare(
      RecordId beforeId, byte[] before, Object value, Codec codec, Type type, String where) {
    CodecCalls.check(value, codec, codecs, where);
    byte[] after = CodecCalls.encode(value, codec, where);
    Opened opened = open(beforeId, before, where);
    Codec earlier = opened.codec(codecs, where);
    if (JacksonValues.isUsedBy(codec) && JacksonValues.isUsedBy(earlier)) {
      try {
        JsonNode known =
            upcasters.upcast(
                JacksonValues.of(earlier).tree(opened.plain()), type, opened.header().schema());
        after = JacksonValues.of(codec).keepUnknown(known, after, type);
      } catch (CodecException e) {
        throw CodecCalls.unreadable(where, type, e.reason());
      }
    }
    return prepared(codec, version(codec, value), after);
  }

  /** The same with the codec that such values are written with. */
  Prepared prepare(RecordId beforeId, byte[] before, Object value, Type type, String where) {
    return prepare(
        beforeId,
        before,
        value,
        codecs.codecFor(Objects.requireNonNull(value, where)),
        type,
        where);
  }

  /**
   * The value of a record.
   *
   * @throws DamagedRecordException if it is not what was written, or was written for something else
   * @throws SessionException if it was written as another type, by a newer program, with a codec, a
   *     key or a dictionary that are not there, or is too large
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // as Class<T>, but generic types have none
  <T> T read(RecordId id, byte[] record, Type type, String where) {
    Opened opened = open(id, record, where);
    Codec codec = opened.codec(codecs, where);
    Object value =
        CodecCalls.reading(
            where, type, codec, () -> value(codec, opened.plain(), type, opened.header().schema()));
    @SuppressWarnings("unchecked") // as the codec was asked for
    T result = (T) value;
    return result;
  }

  /**
   * The same value under another identity. Where only times are changed, it is not encrypted anew.
   *
   * @throws SessionException as {@link #read}
   */
  byte[] reseal(RecordId from, byte[] record, RecordId to) {
    RecordHeader header = header(from, record, from.where());
    if (header.seal() != null && !from.isSamePlace(to)) {
      return sealed(to, header, decrypted(from, record, header, from.where()));
    }
    byte[] copy = record.clone();
    Checksum.seal(to, copy);
    return copy;
  }

  /**
   * The same value under the current key; the record itself where it is, or where there are no keys
   * and it has none.
   *
   * @throws SessionException as {@link #read}
   */
  byte[] reencrypt(RecordId id, byte[] record) {
    RecordHeader header = header(id, record, id.where());
    return encryption.isCurrent(header.seal())
        ? record
        : sealed(id, header, decrypted(id, record, header, id.where()));
  }

  /** Looks whether the value can be had, all but making an object of it. */
  RecordCheck check(RecordId id, byte[] record) {
    String codec = record.length < 2 ? "none" : name(record[1]);
    Optional<String> key = Optional.empty();
    try {
      RecordHeader header = header(id, record, id.where());
      key = Optional.ofNullable(header.seal()).map(Seal::keyId);
      Opened opened = open(id, record, id.where());
      opened.codec(codecs, id.where());
      return new RecordCheck(Optional.empty(), codec, record.length, opened.plain().length, key);
    } catch (DamagedRecordException e) {
      return new RecordCheck(Optional.of(e.problem()), codec, record.length, 0, key);
    } catch (SessionException e) {
      return new RecordCheck(Optional.ofNullable(e.getMessage()), codec, record.length, 0, key);
    }
  }

  /** What the codec made of the value. */
  byte[] plain(RecordId id, byte[] record) {
    return open(id, record, id.where()).plain();
  }

  /** 64 bits that change with every byte of identity and record, to be added up. */
  long hash(RecordId id, byte[] record) {
    return Checksum.hash(id, record);
  }

  @Override
  public void close() {
    compressor.close();
  }

  private Prepared prepared(Codec codec, int schema, byte[] plain) {
    Compressor.Smaller smaller = compressor.compress(plain).orElse(null);
    RecordHeader header =
        smaller == null
            ? new RecordHeader(codec.id(), RecordHeader.PLAIN, schema, 0, 0, null)
            : smaller.header(codec.id(), schema, plain.length);
    return new Prepared(header, smaller == null ? plain : smaller.bytes(), plain.length);
  }

  /** The record of a payload that is compressed already, encrypted with the current key. */
  private byte[] sealed(RecordId id, RecordHeader header, byte[] payload) {
    Seal seal = encryption.next().orElse(null);
    byte[] head = header.sealed(seal).bytes();
    byte[] body = seal == null ? payload : encryption.encrypt(seal, head, id, payload);
    byte[] record =
        ByteBuffer.allocate(head.length + body.length + Checksum.SIZE).put(head).put(body).array();
    Checksum.seal(id, record);
    return record;
  }

  private Opened open(RecordId id, byte[] record, String where) {
    RecordHeader header = header(id, record, where);
    byte[] payload = decrypted(id, record, header, where);
    return new Opened(
        header,
        header.compression() == RecordHeader.PLAIN
            ? payload
            : compressor.decompress(header, payload, where));
  }

  private static RecordHeader header(RecordId id, byte[] record, String where) {
    if (!Checksum.fits(id, record)) {
      throw new DamagedRecordException(
          where, "its checksum does not fit: it was changed, or stands where it does not belong");
    }
    return RecordHeader.get(ByteBuffer.wrap(record, 0, record.length - Checksum.SIZE), where);
  }

  private byte[] decrypted(RecordId id, byte[] record, RecordHeader header, String where) {
    byte[] head = header.bytes();
    int end = record.length - Checksum.SIZE;
    // A header of other bytes than we would write is not ours, whatever it says.
    if (!Arrays.equals(head, Arrays.copyOf(record, head.length))) {
      throw new DamagedRecordException(where, "its header is not whole");
    }
    byte[] payload = Arrays.copyOfRange(record, head.length, end);
    Seal seal = header.seal();
    if (seal == null) {
      encryption.allowPlain(where);
      return payload;
    }
    return encryption.decrypt(seal, head, id, payload, where);
  }

  private Object value(Codec codec, byte[] plain, Type type, int schema) {
    if (JacksonValues.isUsedBy(codec) && upcasters.concerns(type, schema)) {
      JacksonValues values = JacksonValues.of(codec);
      return values.bind(upcasters.upcast(values.tree(plain), type, schema), type);
    }
    return codec.decode(plain, type);
  }

  private int version(Codec codec, Object value) {
    return JacksonValues.isUsedBy(codec) ? upcasters.version(value.getClass()) : 0;
  }

  private String name(byte codec) {
    return codecs.find(codec).map(Codec::name).orElse("codec " + codec);
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[Seal.NONCE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  /** A record without its wrappings. */
  private static final class Opened {
    private final RecordHeader header;
    private final byte[] plain;

    Opened(RecordHeader header, byte[] plain) {
      this.header = header;
      this.plain = plain;
    }

    RecordHeader header() {
      return header;
    }

    byte[] plain() {
      return plain;
    }

    Codec codec(Codecs codecs, String where) {
      return codecs.get(header.codec(), where);
    }
  }
}
