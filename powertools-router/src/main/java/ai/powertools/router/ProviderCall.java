package ai.powertools.router;

import ai.powertools.core.Deadline;
import java.util.Optional;

/**
 * One attempt at one model of one provider.
 *
 * @param model the provider's own name of the model
 * @param request what is asked
 * @param listener told of the text as it arrives; empty when only the whole is wanted
 * @param deadline when the answer is worth nothing any more
 */
public record ProviderCall(
    String model, ChatRequest request, Optional<StreamListener> listener, Deadline deadline) {}
