package ai.powertools.logging;

import ai.powertools.core.ConfigurationException;
import org.slf4j.LoggerFactory;

/** What SLF4J is bound to. Asked by name: this package loads without Logback. */
final class Backend {
  private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

  private Backend() {}

  static void requireLogback(String what) {
    String bound = LoggerFactory.getILoggerFactory().getClass().getName();
    if (!bound.equals(LOGBACK)) {
      throw new ConfigurationException(
          what
              + ": SLF4J is bound to "
              + bound
              + ", and only Logback can be given sinks by code. Add"
              + " ch.qos.logback:logback-classic and remove other SLF4J providers, or configure the"
              + " sink in the backend's own way.");
    }
  }
}
