package ai.powertools.logging;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether colour would be seen as colour. */
final class Terminal {
  private Terminal() {}

  static boolean wantsColour() {
    return wantsColour(System.getenv(), isTerminal(System.console()));
  }

  /** As people ask for it: see no-color.org. */
  static boolean wantsColour(Map<String, String> environment, boolean terminal) {
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return terminal && !refused && !"dumb".equals(environment.get("TERM"));
  }

  /** From Java 22 on there is a console object without a terminal, which then says so. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException before22) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
