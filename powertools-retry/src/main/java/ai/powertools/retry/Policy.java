package ai.powertools.retry;

import ai.powertools.core.Time;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@code Retry} is made of. */
record Policy(
    int maxAttempts,
    @Nullable Duration maxTime,
    Duration longestWait,
    Schedules schedules,
    Classifier classifier,
    @Nullable ResultClassifier results,
    boolean retryUnknown,
    boolean returnLastResult,
    @Nullable RetryBudget budget,
    List<RetryListener> listeners,
    Time time) {}
