package ai.powertools.llamacpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes a model of the LLaMA family with one layer and random weights: it talks nonsense, and is
 * whole. The format is <a
 * href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">GGUF</a>, version 3.
 */
final class TinyGguf {
  private static final int WIDTH = 32;
  private static final int HEADS = 4;
  private static final int INNER = 64;
  private static final int ALIGNMENT = 32;

  /** Types of metadata, by the format. */
  private static final int UINT32 = 4;

  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** Types of tokens, by llama.cpp. */
  private static final int NORMAL = 1;

  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private final SplittableRandom random = new SplittableRandom(20_261_125);
  private final List<String> tokens = new ArrayList<>();
  private final List<Integer> types = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final Bytes metadata = new Bytes();
  private int entries;

  private record Tensor(String name, List<Integer> shape, boolean ones) {
    int size() {
      int size = 1;
      for (int length : shape) {
        size *= length;
      }
      return size;
    }
  }

  private TinyGguf() {
    token("<unk>", UNKNOWN);
    token("<s>", CONTROL);
    token("</s>", CONTROL);
    for (int i = 0; i < 256; i++) {
      token("<0x%02X>".formatted(i), BYTE);
    }
    token("\u2581", NORMAL);
    for (char letter = 'a'; letter <= 'z'; letter++) {
      token(String.valueOf(letter), NORMAL);
    }
  }

  static Path write(Path file) throws IOException {
    TinyGguf gguf = new TinyGguf();
    gguf.describe();
    gguf.shape();
    return Files.write(file, gguf.bytes());
  }

  private void token(String text, int type) {
    tokens.add(text);
    types.add(type);
  }

  private void describe() {
    text("general.architecture", "llama");
    text("general.name", "tiny");
    number("llama.context_length", 512);
    number("llama.embedding_length", WIDTH);
    number("llama.block_count", 1);
    number("llama.feed_forward_length", INNER);
    number("llama.attention.head_count", HEADS);
    number("llama.attention.head_count_kv", HEADS);
    number("llama.rope.dimension_count", WIDTH / HEADS);
    key("llama.attention.layer_norm_rms_epsilon", FLOAT32).real(1e-5f);
    text("tokenizer.ggml.model", "llama");
    number("tokenizer.ggml.unknown_token_id", 0);
    number("tokenizer.ggml.bos_token_id", 1);
    number("tokenizer.ggml.eos_token_id", 2);
    Bytes names = key("tokenizer.ggml.tokens", ARRAY).whole(STRING).wide(tokens.size());
    tokens.forEach(names::text);
    Bytes scores = key("tokenizer.ggml.scores", ARRAY).whole(FLOAT32).wide(tokens.size());
    tokens.forEach(token -> scores.real(0));
    Bytes kinds = key("tokenizer.ggml.token_type", ARRAY).whole(INT32).wide(tokens.size());
    types.forEach(kinds::whole);
  }

  private void shape() {
    int vocabulary = tokens.size();
    tensors.add(new Tensor("token_embd.weight", List.of(WIDTH, vocabulary), false));
    tensors.add(new Tensor("output_norm.weight", List.of(WIDTH), true));
    tensors.add(new Tensor("output.weight", List.of(WIDTH, vocabulary), false));
    tensors.add(new Tensor("blk.0.attn_norm.weight", List.of(WIDTH), true));
    for (String part : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
      tensors.add(new Tensor("blk.0." + part + ".weight", List.of(WIDTH, WIDTH), false));
    }
    tensors.add(new Tensor("blk.0.ffn_norm.weight", List.of(WIDTH), true));
    tensors.add(new Tensor("blk.0.ffn_gate.weight", List.of(WIDTH, INNER), false));
    tensors.add(new Tensor("blk.0.ffn_up.weight", List.of(WIDTH, INNER), false));
    tensors.add(new Tensor("blk.0.ffn_down.weight", List.of(INNER, WIDTH), false));
  }

  private byte[] bytes() {
    Bytes file = new Bytes();
    file.raw("GGUF".getBytes(StandardCharsets.US_ASCII)).whole(3);
    file.wide(tensors.size()).wide(entries).raw(metadata.all());
    Bytes weights = new Bytes();
    for (Tensor tensor : tensors) {
      file.text(tensor.name()).whole(tensor.shape().size());
      for (int length : tensor.shape()) {
        file.wide(length);
      }
      file.whole(0).wide(weights.size()); // type 0 is a float of 32 bits
      for (int i = 0; i < tensor.size(); i++) {
        weights.real(tensor.ones() ? 1 : (float) (random.nextGaussian() * 0.5));
      }
      weights.pad();
    }
    return file.pad().raw(weights.all()).all();
  }

  private Bytes key(String name, int type) {
    entries++;
    return metadata.text(name).whole(type);
  }

  private void text(String name, String value) {
    key(name, STRING).text(value);
  }

  private void number(String name, int value) {
    key(name, UINT32).whole(value);
  }

  /** Little-endian numbers and texts. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Bytes whole(int value) {
      return raw(little(4).putInt(value).array());
    }

    Bytes wide(long value) {
      return raw(little(8).putLong(value).array());
    }

    Bytes real(float value) {
      return raw(little(4).putFloat(value).array());
    }

    Bytes text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return wide(utf8.length).raw(utf8);
    }

    Bytes pad() {
      while (out.size() % ALIGNMENT != 0) {
        out.write(0);
      }
      return this;
    }

    int size() {
      return out.size();
    }

    byte[] all() {
      return out.toByteArray();
    }

    private static ByteBuffer little(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
