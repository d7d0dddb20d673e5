/**
 * Ready-made classifiers: what the published errors of HTTP, of the vendors of language models, of
 * databases, of I/O and of TLS mean for the next attempt. The tables are data files beside these
 * classes, each row with its source and a date.
 *
 * <pre>{@code
 * Classifier mine =
 *     LlmErrors.standard()
 *         .classifier(MyClientException::asHttpFailure)
 *         .or(JdbcErrors.classifier())
 *         .or(IoErrors.classifier());
 * }</pre>
 */
@NullMarked
package ai.powertools.retry.classify;

import org.jspecify.annotations.NullMarked;
