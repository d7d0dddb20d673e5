/**
 * What HTTP headers say about waiting and about limits, in every form that vendors of language
 * models and the standards use. Nonsense is taken for not said; nothing here throws because of it.
 *
 * <pre>{@code
 * Optional<Duration> wait = RetryAfter.of(response::header, now);
 * List<HeaderLimit> limits = LimitHeaders.read(response.names(), response::header, now).limits();
 * }</pre>
 */
@NullMarked
package ai.powertools.core.headers;

import org.jspecify.annotations.NullMarked;
