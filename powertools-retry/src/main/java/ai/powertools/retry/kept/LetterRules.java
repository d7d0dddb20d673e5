package ai.powertools.retry.kept;

import java.time.Duration;

/**
 * What letters are held to.
 *
 * @param mostLetters how many are kept
 * @param longestAge how long after its last failure a letter is kept
 * @param mostRedrives after how many failed redrives a letter is given up
 * @param lease how long a letter is taken for, unless that is renewed
 */
record LetterRules(int mostLetters, Duration longestAge, int mostRedrives, Duration lease) {}
