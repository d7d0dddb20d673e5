package ai.powertools.router.providers;

import java.util.OptionalLong;

/**
 * How a llama.cpp server was started.
 *
 * @param model the file of its model, or what it is called
 * @param contextTokens what input and output of one call may have together
 * @param slots how many calls it works on at once; 0 where it does not say
 * @param readsImages whether it was given the means to see
 * @param readsAudio whether it was given the means to hear
 */
public record LlamaCppProperties(
    String model, OptionalLong contextTokens, int slots, boolean readsImages, boolean readsAudio) {}
