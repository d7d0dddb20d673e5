package ai.powertools.cost;

import ai.powertools.models.Unit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was used beyond tokens of text, as one column: {@code web_searches=2 requests=1}. */
final class Details {
  private Details() {}

  /** Null when there is none. */
  static @Nullable String text(Map<Unit, Long> details) {
    return details.isEmpty()
        ? null
        : details.entrySet().stream()
            .map(detail -> detail.getKey().key() + "=" + detail.getValue())
            .collect(Collectors.joining(" "));
  }

  /** Units that a later version has written and this one does not know are left out. */
  static Map<Unit, Long> of(Optional<String> text) {
    Map<Unit, Long> details = new EnumMap<>(Unit.class);
    for (String detail : text.map(some -> some.split(" ", -1)).orElse(new String[0])) {
      int equals = detail.indexOf('=');
      Unit.of(detail.substring(0, equals))
          .ifPresent(unit -> details.put(unit, Long.valueOf(detail.substring(equals + 1))));
    }
    return details;
  }
}
