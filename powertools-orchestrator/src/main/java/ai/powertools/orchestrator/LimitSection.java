package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.router.ChatProvider;
import java.util.Map;
import java.util.TreeMap;

/** What a configuration says of limits: those for each provider, and those of single ones. */
final class LimitSection {
  private LimitSection() {}

  /**
   * All of it.
   *
   * @param configured the providers that the configuration describes, by their sections
   * @throws ConfigurationException if something in it is wrong
   */
  static LimitSettings read(YamlSection section, Map<String, ChatProvider> configured) {
    LimitKeys all = LimitKeys.read(section, LimitKeys.NONE);
    LimitSettings settings =
        LimitSettings.of(all.limits())
            .longestWait(section.duration("max_wait").orElse(LimitSettings.NONE.longestWait()))
            .learn(section.flag("learn").orElse(LimitSettings.NONE.learn()))
            .adaptive(section.flag("adaptive").orElse(LimitSettings.NONE.adaptive()));
    Map<String, String> names = names(configured);
    for (Map.Entry<String, YamlSection> own : section.named("providers").entrySet()) {
      String provider = names.get(own.getKey());
      if (provider == null) {
        throw own.getValue()
            .error("is no provider here; there are " + String.join(", ", names.keySet()));
      }
      settings = settings.provider(provider, LimitKeys.read(own.getValue(), all).limits());
      own.getValue().refuseOthers();
    }
    section.refuseOthers();
    return settings;
  }

  /** What providers call themselves, by how they can be named: by their section, or like that. */
  private static Map<String, String> names(Map<String, ChatProvider> configured) {
    Map<String, String> names = new TreeMap<>();
    for (String section : ProviderSettings.NAMES) {
      ChatProvider provider = configured.get(section);
      String name = provider == null ? ProviderSettings.called(section) : provider.name();
      names.put(section, name);
      names.putIfAbsent(name, name);
    }
    return names;
  }
}
