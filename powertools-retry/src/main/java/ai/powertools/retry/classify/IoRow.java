package ai.powertools.retry.classify;

import ai.powertools.retry.ErrorKind;
import ai.powertools.retry.Verdict;
import java.util.regex.Pattern;

/**
 * What a type of error means, perhaps only with certain messages.
 *
 * @param type the type, subclasses included
 * @param message what must be found in the message; of a missing message, in the empty one
 * @param verdict what it means
 */
record IoRow(Class<? extends Throwable> type, Pattern message, Verdict verdict) {
  private static final Pattern ANYTHING = Pattern.compile("");

  static IoRow of(ErrorKind kind, Class<? extends Throwable> type) {
    return new IoRow(type, ANYTHING, Judgement.of(kind, ""));
  }

  static IoRow of(ErrorKind kind, Class<? extends Throwable> type, String message) {
    return new IoRow(type, Pattern.compile(message), Judgement.of(kind, ""));
  }

  boolean fits(Throwable error) {
    return type.isInstance(error) && (message.pattern().isEmpty() || found(error));
  }

  private boolean found(Throwable error) {
    return message.matcher(error.getMessage() == null ? "" : error.getMessage()).find();
  }
}
