package ai.powertools.router;

import java.util.List;

/** Interceptors, one inside the other, around something that answers. */
final class Layers {
  private Layers() {}

  /** What lies inside of all interceptors. */
  @FunctionalInterface
  interface Core {
    ChatResponse answer(ChatRequest request, Call call);
  }

  static ChatResponse run(
      List<Interceptor> interceptors, Core core, ChatRequest request, Call call) {
    return interceptors.isEmpty()
        ? core.answer(request, call)
        : new Link(interceptors, core, 0, request, call).proceed(request);
  }

  private record Link(
      List<Interceptor> interceptors, Core core, int next, ChatRequest request, Call call)
      implements Chain {
    @Override
    public ChatResponse proceed(ChatRequest request) {
      if (next == interceptors.size()) {
        return core.answer(request, call);
      }
      Interceptor interceptor = interceptors.get(next);
      return interceptor.intercept(new Link(interceptors, core, next + 1, request, call));
    }

    @Override
    public Chain withListener(StreamListener listener) {
      return new Link(interceptors, core, next, request, call.with(listener));
    }
  }
}
