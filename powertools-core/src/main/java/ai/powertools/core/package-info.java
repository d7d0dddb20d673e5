/**
 * The floor that everything stands on: errors that say what to do, time that tests can turn,
 * secrets that never print, deadlines, and threads that are virtual where the JDK has them.
 *
 * <p>No dependencies to speak of, and none of it is about language models.
 */
@NullMarked
package ai.powertools.core;

import org.jspecify.annotations.NullMarked;
