/**
 * Where sessions are kept, for those who bring a place of their own: rows of bytes, in
 * transactions. What the bytes mean, who may write and what has expired is decided above.
 */
@NullMarked
package ai.powertools.session.spi;

import org.jspecify.annotations.NullMarked;
