package ai.powertools.session;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@link JsonCodec} as CBOR (RFC 8949): fewer bytes, and binary data as it is. Text
 * with half a surrogate pair in it is refused, which JSON keeps.
 *
 * <p>Needs {@code com.fasterxml.jackson.dataformat:jackson-dataformat-cbor}; without it, the first
 * use throws {@link CodecException}.
 */
public final class CborCodec implements Codec {
  /** Its number in the records. */
  public static final byte ID = 2;

  private static final Library LIBRARY =
      new Library(
          "com.fasterxml.jackson.dataformat.cbor.CBORFactory",
          "com.fasterxml.jackson.dataformat:jackson-dataformat-cbor");
  private static final CborCodec STANDARD = new CborCodec(() -> Mapper.of(List.of()));

  private final Supplier<JacksonValues> maker;
  private volatile @Nullable JacksonValues made;

  private CborCodec(Supplier<JacksonValues> maker) {
    this.maker = maker;
  }

  /** The codec without modules. */
  public static CborCodec standard() {
    return STANDARD;
  }

  /**
   * A codec with modules of Jackson, for types of other languages and libraries.
   *
   * @throws IllegalArgumentException if one of them switches on default typing
   * @throws CodecException if the library is absent
   */
  public static CborCodec with(Module... modules) {
    CborCodec codec = new CborCodec(() -> Mapper.of(List.of(modules)));
    codec.values();
    return codec;
  }

  @Override
  public byte id() {
    return ID;
  }

  @Override
  public String name() {
    return "CBOR";
  }

  @Override
  public boolean accepts(Object value) {
    return !Protobuf.isMessage(value);
  }

  @Override
  public byte[] encode(Object value) {
    return values().encode(value);
  }

  @Override
  public Object decode(byte[] bytes, Type type) {
    return values().decode(bytes, type);
  }

  JacksonValues values() {
    JacksonValues values = made;
    if (values == null) {
      LIBRARY.require();
      values = maker.get(); // twice by two threads at once does no harm
      made = values;
    }
    return values;
  }

  /** Apart, since it can only be loaded where the library is. */
  private static final class Mapper {
    private Mapper() {}

    static JacksonValues of(List<Module> modules) {
      return JacksonValues.of(
          "CBOR",
          new CBORMapper(
              CBORFactory.builder().streamReadConstraints(JacksonValues.OUR_OWN).build()),
          false,
          modules);
    }
  }
}
