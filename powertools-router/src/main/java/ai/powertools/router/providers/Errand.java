package ai.powertools.router.providers;

import ai.powertools.core.Deadline;
import ai.powertools.core.Time;
import ai.powertools.router.ErrorKind;
import ai.powertools.router.ProviderException;
import java.util.List;

/**
 * A request that is no chat: for vectors, for a count of tokens, for a list of models.
 *
 * @param provider whose errand it is
 * @param model what it is about: a model, or the path where there is none
 * @param said what must not be seen in an error
 * @param masking keeps keys and what was said out of errors
 */
record Errand(
    String provider, String model, List<String> said, Masking masking, Deadline deadline, Time time)
    implements Attempt {
  @Override
  public ProviderException.Builder failure(ErrorKind kind, String why) {
    return ProviderException.builder(kind, provider, model, masking.mask(why, said));
  }
}
