package ai.powertools.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random graphs, compared with working them out one step after the other. */
class WorkflowProperties {
  private static final long SEED = Long.getLong("powertools.seed", System.nanoTime());
  private static final int GRAPHS = Integer.getInteger("powertools.model.graphs", 300);

  @Test
  void everyStepSeesWhatTheStepsBeforeItGave() {
    for (int graph = 0; graph < GRAPHS; graph++) {
      Random random = new Random(SEED + graph);
      int size = 1 + random.nextInt(25);
      Workflow.Builder workflow = Workflow.define("random");
      Map<String, Object> expected = new HashMap<>();
      for (int i = 0; i < size; i++) {
        List<String> needs = new ArrayList<>();
        long sum = i;
        for (int j = 0; j < i; j++) {
          if (random.nextInt(4) == 0) {
            needs.add("s" + j);
            sum += (Long) expected.get("s" + j) * 31;
          }
        }
        long own = i;
        workflow.step(
            "s" + i,
            needs,
            c -> own + needs.stream().mapToLong(n -> c.output(n, Long.class) * 31).sum());
        expected.put("s" + i, sum);
      }

      Run run = workflow.build().execute(Map.of(), Options.parallel(1 + random.nextInt(6)));

      assertThat(run.outputs())
          .as("graph %d of -Dpowertools.seed=%d", graph, SEED)
          .isEqualTo(expected);
    }
  }
}
