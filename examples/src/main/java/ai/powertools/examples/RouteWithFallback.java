package ai.powertools.examples;

import ai.powertools.router.ErrorKind;
import ai.powertools.router.LlmRouter;
import ai.powertools.router.ModelStatus;
import ai.powertools.router.RoutedResponse;
import ai.powertools.router.ScriptedProvider;
import ai.powertools.router.Strategy;
import ai.powertools.router.Task;

/** A busy model, a wrong key, a third that answers; who is left alone then, and who is out. */
public final class RouteWithFallback {
  private RouteWithFallback() {}

  public static void main(String[] arguments) {
    // In their place: two keys of OpenAI's, and another vendor.
    ScriptedProvider first = ScriptedProvider.named("openai").fail(ErrorKind.OVERLOADED);
    ScriptedProvider second = ScriptedProvider.named("openai").fail(ErrorKind.AUTHENTICATION);
    ScriptedProvider other = ScriptedProvider.named("anthropic");

    LlmRouter router =
        LlmRouter.builder()
            .model(first.model("gpt-5-mini").deployment("team-a"))
            .model(second.model("gpt-5-mini").deployment("team-b"))
            .model(other.model("claude-haiku-4-5"))
            .strategy(Strategy.inOrder())
            .build();

    ask(router);
    for (ModelStatus status : router.status()) {
      System.out.printf("%s is %s %s%n", status.label(), status.state(), status.reason());
    }

    System.out.println("The key is put right:");
    router.reinstate("openai:gpt-5-mini@team-b");
    ask(router);
  }

  private static void ask(LlmRouter router) {
    RoutedResponse answer = router.route(Task.of("Why is the sky blue?"));
    answer
        .decision()
        .tried()
        .forEach(
            tried ->
                System.out.println(
                    "tried " + tried.label() + ": " + tried.error().orElse("answered")));
  }
}
