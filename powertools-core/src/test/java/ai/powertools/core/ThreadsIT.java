package ai.powertools.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** Runs on the packaged jar, where the multi-release variant counts. */
class ThreadsIT extends ThreadsContract {
  @Test
  void isTestedFromTheJar() {
    assertThat(Threads.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .endsWith(".jar");
  }

  @Test
  void makesVirtualThreadsWhereTheJdkHasThem() throws Exception {
    boolean jdkHasThem = Runtime.version().feature() >= 21;
    Thread thread = Threads.factory("maybe-virtual").newThread(() -> {});

    assertThat(Threads.areVirtual()).isEqualTo(jdkHasThem);
    if (jdkHasThem) {
      Method isVirtual = Thread.class.getMethod("isVirtual");
      assertThat(isVirtual.invoke(thread)).isEqualTo(true);
    }
  }
}
