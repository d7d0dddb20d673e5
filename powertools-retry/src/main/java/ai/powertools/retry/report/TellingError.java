package ai.powertools.retry.report;

import ai.powertools.retry.AttemptsExhaustedException;
import ai.powertools.retry.CallFailedException;
import ai.powertools.retry.Causes;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The error in a chain of causes that says what happened: the outermost one that is more than a
 * wrapper around the next. Not simply the last one, which often is an effect: a timeout is told by
 * {@code Read timed out}, and not by the {@code Socket closed} beneath it.
 *
 * @param type its simple class name
 * @param message as it is, secrets and all; empty if there is none
 */
record TellingError(String type, String message) {
  /** Those that add nothing to their cause, whatever they say. */
  private static final Set<Class<?>> WRAPPERS =
      Set.of(
          AttemptsExhaustedException.class,
          CallFailedException.class,
          CompletionException.class,
          ExecutionException.class,
          InvocationTargetException.class);

  static TellingError in(Throwable error) {
    Throwable telling = error;
    for (Throwable next : Causes.of(error)) {
      telling = next;
      if (!wraps(next, next.getCause())) {
        break;
      }
    }
    return new TellingError(simpleName(telling.getClass()), messageOf(telling));
  }

  private static boolean wraps(Throwable error, @Nullable Throwable cause) {
    if (cause == null) {
      return false;
    }
    String message = messageOf(error);
    return WRAPPERS.contains(error.getClass())
        || message.isBlank()
        || message.equals(messageOf(cause))
        || message.equals(cause.getClass().getName() + ": " + messageOf(cause));
  }

  /** An anonymous class has no simple name. */
  private static String simpleName(Class<?> type) {
    String simple = type.getSimpleName();
    return simple.isEmpty()
        ? type.getName().substring(type.getName().lastIndexOf('.') + 1)
        : simple;
  }

  /** A message may be put together when it is asked for, by code that is itself broken. */
  private static String messageOf(Throwable error) {
    try {
      String message = error.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException broken) {
      return "";
    }
  }
}
