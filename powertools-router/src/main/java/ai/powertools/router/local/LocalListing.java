package ai.powertools.router.local;

import java.util.Iterator;
import java.util.List;

/**
 * The models that some servers have, at one moment.
 *
 * @param models in the order of the servers, those of one in its own order
 * @param unasked what is missing here since a server did not say it; empty when all did
 */
public record LocalListing(List<ServedModel> models, List<Unasked> unasked)
    implements Iterable<ServedModel> {
  /** Copies the lists. */
  public LocalListing {
    models = List.copyOf(models);
    unasked = List.copyOf(unasked);
  }

  @Override
  public Iterator<ServedModel> iterator() {
    return models.iterator();
  }
}
