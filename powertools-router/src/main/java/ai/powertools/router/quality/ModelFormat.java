package ai.powertools.router.quality;

import ai.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The bytes of a model: {@code PTQM}, the version of the format, the length of what follows, the
 * parts of the model one after the other, and the CRC-32 of all before it. Whole numbers have four
 * bytes, the highest first; fractions are 32-bit IEEE 754.
 */
final class ModelFormat {
  private static final int MAGIC = 0x5054514D;
  private static final int VERSION = 1;
  private static final int HEAD = 12;
  private static final int CHECKSUM = 4;
  private static final double WHOLE = 255;
  private static final float MOST = 1e9f;

  private ModelFormat() {}

  /** A model as bytes; of the same model always the same. */
  static byte[] bytes(QualityModel model) {
    try {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      model.write(new DataOutputStream(content));
      byte[] parts = content.toByteArray();
      ByteBuffer whole = ByteBuffer.allocate(HEAD + parts.length + CHECKSUM);
      whole.putInt(MAGIC).putInt(VERSION).putInt(parts.length).put(parts);
      whole.putInt(checksum(whole.array(), HEAD + parts.length));
      return whole.array();
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory failed; this is a bug.", e);
    }
  }

  /**
   * The model that bytes are.
   *
   * @param where they are from, for messages
   * @throws ConfigurationException if they are not one
   */
  static QualityModel model(byte[] bytes, String where) {
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    if (bytes.length < HEAD + CHECKSUM || whole.getInt() != MAGIC) {
      throw new ConfigurationException(
          where + " is no model of this library. Make one with powertools route eval --save.");
    }
    int version = whole.getInt();
    if (version != VERSION) {
      throw new ConfigurationException(
          "%s has version %d of the format; this library reads %d. Train the model again."
              .formatted(where, version, VERSION));
    }
    int length = whole.getInt();
    if (length != bytes.length - HEAD - CHECKSUM
        || whole.getInt(HEAD + length) != checksum(bytes, HEAD + length)) {
      throw new ConfigurationException(
          where + " is damaged: its length or checksum is wrong. Copy or train it again.");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, HEAD, length))) {
      QualityModel model = QualityModel.read(in);
      if (in.available() > 0) {
        throw new IOException("it goes on after its end");
      }
      return model;
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s is not a whole model: %s. Train it again.".formatted(where, e.getMessage()), e);
    }
  }

  /** A whole number that must be in a range, ends included. */
  static int count(DataInputStream in, int least, int most, String what) throws IOException {
    int count = in.readInt();
    if (count < least || count > most) {
      throw new IOException("it says that it has %d %s".formatted(count, what));
    }
    return count;
  }

  /** A fraction that must be so small that no sum of such ever overflows. */
  static float number(DataInputStream in) throws IOException {
    float number = in.readFloat();
    if (!(Math.abs(number) <= MOST)) {
      throw new IOException("it has the number " + number);
    }
    return number;
  }

  /** Numbers from 0 on, each as a byte: in 255ths of the greatest, which stands before them. */
  static void writeRounded(DataOutputStream out, float[] numbers) throws IOException {
    float greatest = Float.MIN_NORMAL;
    for (float number : numbers) {
      greatest = Math.max(greatest, number);
    }
    out.writeFloat(greatest);
    for (float number : numbers) {
      out.writeByte((int) Math.rint(number / greatest * WHOLE));
    }
  }

  /** So many numbers that {@link #writeRounded} wrote. */
  static float[] readRounded(DataInputStream in, int size) throws IOException {
    float greatest = number(in);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) (in.readUnsignedByte() / WHOLE * greatest);
    }
    return numbers;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
