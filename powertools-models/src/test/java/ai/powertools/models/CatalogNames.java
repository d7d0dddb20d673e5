package ai.powertools.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one row of the names that one model of a provider has, where their prices agree. */
final class CatalogNames {
  /** What the catalog itself finds by the name without its date. */
  private static final Pattern SNAPSHOT =
      Pattern.compile("(.+)[-@](20\\d{2}-(0\\d|1[0-2])-[0-3]\\d|20\\d{2}(0\\d|1[0-2])[0-3]\\d)");

  private CatalogNames() {}

  static void fold(CatalogProvider provider, Map<String, Draft> drafts) {
    for (String id : List.copyOf(drafts.keySet())) {
      Matcher dated = SNAPSHOT.matcher(id);
      if (dated.matches()) {
        into(drafts, id, dated.group(1), false);
      }
    }
    for (String id : List.copyOf(drafts.keySet())) {
      Optional<String> same = CatalogScope.sameAs(provider.name(), id);
      same.ifPresent(other -> into(drafts, id, other, true));
    }
  }

  private static void into(Map<String, Draft> drafts, String id, String other, boolean name) {
    Draft here = drafts.get(other);
    Draft there = drafts.get(id);
    if (here != null && here != there && (name ? there.mayBe(here) : there.costsAs(here))) {
      if (name) {
        here.alsoCalled(there);
      } else {
        here.absorb(there);
      }
      drafts.remove(id);
    }
  }
}
