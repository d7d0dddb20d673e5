package ai.powertools.router.extractive;

import java.util.Set;

/**
 * English words that say nothing of what a text is about: articles, pronouns, prepositions,
 * conjunctions, auxiliary verbs, and the words that questions begin with.
 */
final class StopWords {
  private static final Set<String> WORDS =
      Set.of(
          ("a about above after again against all also am an and any are aren't as at be because "
                  + "been before being below between both but by can can't cannot could couldn't "
                  + "did didn't do does doesn't doing don't down during each either few for from "
                  + "further had hadn't has hasn't have haven't having he her here hers herself him "
                  + "himself his how however i if in into is isn't it it's its itself just let's "
                  + "may me might more most must my myself neither no nor not of off on once only "
                  + "or other ought our ours ourselves out over own same shall she should "
                  + "shouldn't so some such than that that's the their theirs them themselves then "
                  + "there there's these they this those through to too under until up upon us "
                  + "very was wasn't we were weren't what what's when where whether which while "
                  + "who whom whose why will with within without won't would wouldn't yet you your "
                  + "yours yourself yourselves tell please say says said")
              .split(" ", -1));

  private StopWords() {}

  /** Whether this is one, in lower case. */
  static boolean contains(String word) {
    return WORDS.contains(word);
  }
}
