package ai.powertools.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.powertools.session.RecordFormats.Note;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.UninterpretedOption;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodecsTest {
  private final Codecs codecs = Codecs.standard();

  private record Own(byte id, String name) implements Codec {
    @Override
    public boolean accepts(Object value) {
      return value instanceof Thread;
    }

    @Override
    public byte[] encode(Object value) {
      return new byte[0];
    }

    @Override
    public Object decode(byte[] bytes, Type type) {
      return "";
    }
  }

  @Test
  void writesJsonAndReadsTheOthers() {
    assertThat(codecs.standardCodec()).isSameAs(JsonCodec.standard());
    assertThat(codecs.all())
        .extracting(Codec::name)
        .containsExactly("JSON", "CBOR", "Protobuf", "bytes");
    assertThat(codecs.find((byte) 5)).isEmpty();
    assertThat(codecs).hasToString("codecs [JSON, CBOR, Protobuf, bytes]");
  }

  @Test
  void takesMoreCodecs() {
    Own own = new Own((byte) 32, "own");
    Codecs more = codecs.with(own);
    assertThat(more.find((byte) 32)).contains(own);
    assertThat(codecs.find((byte) 32)).isEmpty();
    assertThat(more.standardCodec()).isSameAs(JsonCodec.standard());
    assertThat(more.writing(own).standardCodec()).isSameAs(own);
    assertThat(codecs.writing(own).find((byte) 32)).contains(own);
    assertThat(codecs.writing(CborCodec.standard()).standardCodec().name()).isEqualTo("CBOR");
    JsonCodec other = JsonCodec.with();
    assertThat(codecs.with(other).standardCodec()).isSameAs(other);
    assertThat(more.with(new Own((byte) 32, "own")).all()).hasSize(5);
  }

  @Test
  void refusesCodecsThatCouldNotBeTold() {
    assertThatThrownBy(() -> codecs.with(new Own((byte) 31, "own")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Codec \"own\" has number 31. Take one from 32 to 127.");
    assertThatThrownBy(() -> codecs.with(new Own((byte) -1, "own")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> codecs.with(new Own((byte) 40, " ")))
        .isInstanceOf(IllegalArgumentException.class);
    Codecs more = codecs.with(new Own((byte) 40, "own"));
    assertThatThrownBy(() -> more.with(new Own((byte) 40, "other")))
        .hasMessage("Codecs \"own\" and \"other\" both have number 40. Give one of them another.");
  }

  @Test
  void refusesJavaSerialization() {
    for (String name : List.of("Java serialization", "java-serialized", "JavaSerializer")) {
      assertThatThrownBy(() -> codecs.with(new Own((byte) 40, name)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("it loads the classes that the data names");
    }
    assertThat(codecs.with(new Own((byte) 40, "kotlinx.serialization")).all()).hasSize(5);
    assertThat(codecs.with(new Own((byte) 40, "javascript")).all()).hasSize(5);
  }

  @Test
  void namesWhoWouldTakeAValue() {
    assertThat(codecs.othersFor(Value.getDefaultInstance())).isEqualTo("write it with Protobuf");
    Codecs none = codecs.with(new Own((byte) 40, "own"));
    assertThat(none.othersFor(Thread.currentThread())).isEqualTo("write it with JSON");
  }

  @Test
  void keepsBytes() {
    BytesCodec codec = BytesCodec.standard();
    byte[] bytes = {1, 2, 3};
    assertThat(codec.decode(codec.encode(bytes), byte[].class)).isEqualTo(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(1);
    assertThat(codec.encode(buffer)).containsExactly(2, 3);
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(codec.decode(bytes, ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(bytes));
    assertThatThrownBy(() -> codec.decode(bytes, String.class))
        .isInstanceOf(CodecException.class)
        .hasMessage("it was written as bytes. Ask for byte[] or ByteBuffer.");
    assertThatThrownBy(() -> codec.encode("s3cret"))
        .hasMessage("it is a java.lang.String. Give bytes.");
    assertThat(codec.accepts("x")).isFalse();
  }

  @Test
  void keepsMessagesOfProtocolBuffers() {
    ProtobufCodec codec = ProtobufCodec.standard();
    Struct struct =
        Struct.newBuilder()
            .putFields("text", Value.newBuilder().setStringValue("hello").build())
            .build();
    assertThat(codec.decode(codec.encode(struct), Struct.class)).isEqualTo(struct);
    assertThat(codec.accepts(struct)).isTrue();
    assertThat(codec.accepts("x")).isFalse();
    assertThat(JsonCodec.standard().accepts(struct)).isFalse();
    assertThat(CborCodec.standard().accepts(struct)).isFalse();
  }

  @Test
  void keepsTheFieldsThatAMessageDoesNotKnow() throws Exception {
    ProtobufCodec codec = ProtobufCodec.standard();
    FieldDescriptorProto field =
        FieldDescriptorProto.newBuilder().setName("n").setJsonName("j").build();
    // Field 10 is none of Value's, so it stands for a newer program's.
    Value older = (Value) codec.decode(codec.encode(field), Value.class);
    assertThat(older.getUnknownFields().hasField(10)).isTrue();
    assertThat(FieldDescriptorProto.parseFrom(codec.encode(older)).getJsonName()).isEqualTo("j");
  }

  @Test
  void saysWhatAMessageIsNot() {
    ProtobufCodec codec = ProtobufCodec.standard();
    assertThatThrownBy(() -> codec.encode("s3cret"))
        .hasMessage("it is a java.lang.String. Give a generated message.");
    byte[] text = {10, 120, 's', '3'};
    assertThatThrownBy(() -> codec.decode(text, Struct.class))
        .isInstanceOf(CodecException.class)
        .hasMessage("it was written as something else. Ask for the message it was written as.")
        .hasNoCause();
    assertThatThrownBy(() -> codec.decode(new byte[0], UninterpretedOption.NamePart.class))
        .hasMessageContaining("written as something else");
    for (Type type :
        List.of(
            String.class,
            new com.fasterxml.jackson.core.type.TypeReference<List<Value>>() {}.getType())) {
      assertThatThrownBy(() -> codec.decode(text, type))
          .hasMessage(
              "it was written as a message of Protocol Buffers. Ask for the generated class.");
    }
    assertThatThrownBy(() -> codec.decode(text, DynamicMessage.class))
        .hasMessage("it has no public parser(). Ask for a generated message.");
  }

  @Test
  void keepsValuesAsCbor() {
    CborCodec codec = CborCodec.standard();
    Note note = new Note("hello", 5);
    byte[] bytes = codec.encode(note);
    assertThat(codec.decode(bytes, Note.class)).isEqualTo(note);
    assertThat(bytes.length).isLessThan(JsonCodec.standard().encode(note).length);
    Map<String, Object> value = Map.of("bytes", new byte[] {1, 2}, "set", Set.of(1.5));
    assertThat(((Map<?, ?>) codec.decode(codec.encode(value), Map.class)).get("bytes"))
        .isEqualTo(new byte[] {1, 2});
    assertThatThrownBy(() -> codec.encode("half \ud83d s3cret"))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("a part of it can't be written as CBOR")
        .hasMessageNotContaining("s3cret");
  }
}
