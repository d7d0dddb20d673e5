package ai.powertools.orchestrator;

/** What a configuration says of attempts, and of models that keep failing. */
final class RetrySection {
  private RetrySection() {}

  static RetrySettings retry(YamlSection section) {
    RetrySettings standard = RetrySettings.DEFAULTS;
    double budget =
        section
            .parsed("budget", "a number of retries for each call, as in 0.1", Double::parseDouble)
            .orElse(standard.budget());
    RetrySettings settings =
        section.sound(
            "budget",
            () ->
                new RetrySettings(
                    Math.toIntExact(section.count("max_attempts").orElse(standard.maxAttempts())),
                    section.duration("first_wait").orElse(standard.firstWait()),
                    section.duration("longest_wait").orElse(standard.longestWait()),
                    budget));
    section.refuseOthers();
    return settings;
  }

  static BreakerSettings breaker(YamlSection section) {
    BreakerSettings standard = BreakerSettings.DEFAULTS;
    double rate =
        section
            .parsed("failure_rate", "a share above 0 and at most 1, as in 0.5", Double::parseDouble)
            .orElse(standard.failureRate());
    BreakerSettings settings =
        section.sound(
            "failure_rate",
            () ->
                new BreakerSettings(
                    section.flag("enabled").orElse(standard.enabled()),
                    rate,
                    Math.toIntExact(section.count("window").orElse(standard.window())),
                    Math.toIntExact(section.count("minimum_calls").orElse(standard.minimumCalls())),
                    section.duration("open_for").orElse(standard.openFor())));
    section.refuseOthers();
    return settings;
  }
}
