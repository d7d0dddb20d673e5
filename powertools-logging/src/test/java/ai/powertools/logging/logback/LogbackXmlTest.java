package ai.powertools.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogbackXmlTest {
  @TempDir Path folder;

  @Test
  void bothEncodersCanBeUsedFromAPlainLogbackXml() throws Exception {
    Path json = folder.resolve("json.log");
    Path pretty = folder.resolve("pretty.log");
    String xml =
        """
        <configuration>
          <appender name="JSON" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder class="ai.powertools.logging.logback.JsonEncoder">
              <redactEmails>true</redactEmails>
            </encoder>
          </appender>
          <appender name="PRETTY" class="ch.qos.logback.core.FileAppender">
            <file>%s</file>
            <encoder class="ai.powertools.logging.logback.PrettyEncoder">
              <colour>false</colour>
              <zone>UTC</zone>
              <redactEmails>true</redactEmails>
            </encoder>
          </appender>
          <root level="INFO"><appender-ref ref="JSON"/><appender-ref ref="PRETTY"/></root>
        </configuration>
        """
            .formatted(json, pretty);
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    context.getLogger("some.library").info("Mail from {} with password={}", "ann@x.org", "hunter2");
    context.stop();

    assertThat(context.getStatusManager().getCopyOfStatusList())
        .filteredOn(status -> status.getEffectiveLevel() >= Status.WARN)
        .isEmpty();
    assertThat(Files.readString(json))
        .contains("\"message\":\"Mail from ***(e-mail) with password=***(password)\"");
    assertThat(Files.readString(pretty))
        .contains(" INFO  Mail from ***(e-mail) with password=***(password)\n");
  }
}
