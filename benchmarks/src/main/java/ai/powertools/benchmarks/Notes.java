package ai.powertools.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.util.Arrays;

/** A place with notes, read as objects. Closing it gives files and native memory back. */
interface Notes extends AutoCloseable {
  /** How many there are, numbered from 0. */
  int COUNT = 100;

  /** The note of that number. For one thread. */
  Note get(int number);

  /** Puts another in the place of one, durably. For one thread, beside the one that reads. */
  void put(int number, Note note);

  @Override
  void close();

  /** The JSON of those who keep bytes, which Jackson reads and writes as it does for us. */
  final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader READER = MAPPER.readerFor(Note.class);
    private static final ObjectWriter WRITER = MAPPER.writerFor(Note.class);

    private Json() {}

    static Note read(byte[] json) {
      try {
        return READER.readValue(json);
      } catch (IOException e) {
        throw new IllegalStateException("No note: " + Arrays.hashCode(json), e);
      }
    }

    static byte[] write(Note note) {
      try {
        return WRITER.writeValueAsBytes(note);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Could not write note " + note.id() + ".", e);
      }
    }
  }
}
