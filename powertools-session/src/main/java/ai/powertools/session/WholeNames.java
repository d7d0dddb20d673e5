package ai.powertools.session;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/**
 * Refuses names of fields that the parser would refuse, which are those with half a surrogate pair
 * in them: keys of maps that were cut from a stream. Better when they are written than too late.
 */
final class WholeNames extends JsonGeneratorDelegate {
  WholeNames(JsonGenerator to) {
    super(to, false);
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (i == name.length() || !Character.isSurrogatePair(c, name.charAt(i))) {
          throw new JsonGenerationException("Half a character in the name of a field", this);
        }
      }
    }
    super.writeFieldName(name);
  }
}
