package ai.powertools.session;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The codecs by their numbers: the one that values are written with, and those that what is there
 * may have been written with. Immutable.
 */
public final class Codecs {
  static final String NO_SERIALIZATION =
      "There is no codec for Java serialization: it loads the classes that the data names,"
          + " and here the type comes from the caller, never from the data.";

  private static final int FIRST_OF_USERS = 32;

  private static final Codecs STANDARD = new Codecs(JsonCodec.standard(), ours());

  private final Codec standard;
  private final SortedMap<Byte, Codec> all;

  private Codecs(Codec standard, SortedMap<Byte, Codec> all) {
    this.standard = standard;
    this.all = all;
  }

  /** JSON for writing; CBOR, Protocol Buffers and bytes for reading. */
  public static Codecs standard() {
    return STANDARD;
  }

  /**
   * These and one more, for reading and for values that are written with it by name. One of this
   * library with other settings takes the place of the standard one.
   *
   * @throws IllegalArgumentException if its number is not from 32 to 127, is that of another codec,
   *     it has no name, or it is named as Java serialization
   */
  public Codecs with(Codec codec) {
    check(codec);
    SortedMap<Byte, Codec> more = new TreeMap<>(all);
    more.put(codec.id(), codec);
    return new Codecs(standard.id() == codec.id() ? codec : standard, more);
  }

  /**
   * These, with this one for all that is written from now on; it is added if it is not there.
   *
   * @throws IllegalArgumentException as {@link #with}
   */
  public Codecs writing(Codec codec) {
    return new Codecs(codec, with(codec).all);
  }

  /** What values are written with where nothing else is said. */
  public Codec standardCodec() {
    return standard;
  }

  /**
   * What a value is written with: bytes and messages of Protocol Buffers as they are, others with
   * {@link #standardCodec()}.
   */
  Codec codecFor(Object value) {
    Codec bytes = all.get(BytesCodec.ID);
    if (bytes != null && bytes.accepts(value)) {
      return bytes;
    }
    if (standard.accepts(value)) {
      return standard;
    }
    return all.values().stream()
        .filter(codec -> codec.accepts(value))
        .findFirst()
        .orElse(standard); // which says what is wrong with it
  }

  /** The codec of that number, if there is one. */
  public Optional<Codec> find(byte id) {
    return Optional.ofNullable(all.get(id));
  }

  /** All of them, in the order of their numbers. */
  public Collection<Codec> all() {
    return all.values();
  }

  /**
   * The codec of that number.
   *
   * @throws SessionException if there is none, with what to do
   */
  Codec get(byte id, String what) {
    return find(id)
        .orElseThrow(
            () ->
                new SessionException(
                    "Could not read "
                        + what
                        + ": it was written with codec "
                        + id
                        + (id < FIRST_OF_USERS
                            ? ", which a newer version of this library brought. Update it."
                            : ", which is not registered. Register the codec of that number."),
                    null));
  }

  /** Who else would take a value, as the end of a message. */
  String othersFor(Object value) {
    return all.values().stream()
        .filter(codec -> codec.accepts(value))
        .findFirst()
        .map(codec -> "write it with " + codec.name())
        .orElse("write it with a codec of your own");
  }

  @Override
  public String toString() {
    return "codecs " + all.values().stream().map(Codec::name).toList();
  }

  private void check(Codec codec) {
    String name = codec.name();
    byte id = codec.id();
    if (name.isBlank()) {
      throw new IllegalArgumentException("Codec " + id + " needs a name, for messages.");
    }
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.contains("java") && plain.contains("seriali")) {
      throw new IllegalArgumentException("Codec \"" + name + "\" is refused. " + NO_SERIALIZATION);
    }
    Codec there = all.get(id);
    if (isOurs(codec)) {
      return;
    }
    if (id < FIRST_OF_USERS) {
      throw new IllegalArgumentException(
          "Codec \"" + name + "\" has number " + id + ". Take one from 32 to 127.");
    }
    if (there != null && !there.name().equals(name)) {
      throw new IllegalArgumentException(
          "Codecs \"%s\" and \"%s\" both have number %d. Give one of them another."
              .formatted(there.name(), name, id));
    }
  }

  private static boolean isOurs(Codec codec) {
    return codec instanceof JsonCodec
        || codec instanceof CborCodec
        || codec instanceof ProtobufCodec
        || codec instanceof BytesCodec;
  }

  private static SortedMap<Byte, Codec> ours() {
    SortedMap<Byte, Codec> ours = new TreeMap<>();
    ours.put(JsonCodec.ID, JsonCodec.standard());
    ours.put(CborCodec.ID, CborCodec.standard());
    ours.put(ProtobufCodec.ID, ProtobufCodec.standard());
    ours.put(BytesCodec.ID, BytesCodec.standard());
    return ours;
  }
}
