package ai.powertools.router;

/**
 * A layer around a call, in the manner of OkHttp: it may change the request, answer by itself, call
 * {@link Chain#proceed} once, several times or never, and change the answer or the error.
 */
@FunctionalInterface
public interface Interceptor {
  /** Answers, most often by way of {@code chain.proceed(chain.request())}. */
  ChatResponse intercept(Chain chain);
}
