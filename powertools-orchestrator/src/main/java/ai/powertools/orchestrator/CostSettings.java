package ai.powertools.orchestrator;

import ai.powertools.core.ConfigurationException;
import ai.powertools.cost.Budget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code powertools.yaml} says of money. No model and no provider is looked for, and no key
 * is needed, so that costs can be looked at where nothing can be asked.
 *
 * @param home the folder that the ledger lies in
 * @param budgets those that calls are held to, in their order
 */
public record CostSettings(Path home, List<Budget> budgets) {
  /** Keeps the budgets as they are now. */
  public CostSettings {
    budgets = List.copyOf(budgets);
  }

  /**
   * Those that {@link AiOrchestrator#configured} would open.
   *
   * @param file the configuration; empty to go by the environment alone
   * @param environment variables such as {@link System#getenv()}
   * @throws ConfigurationException if the file can't be read, or what it says of money is wrong
   */
  public static CostSettings of(Optional<Path> file, Map<String, String> environment) {
    Path standard = Home.standard(environment);
    if (file.isEmpty()) {
      return new CostSettings(standard, List.of());
    }
    YamlSection root = YamlSection.of(file.get(), environment);
    return new CostSettings(
        root.text("home").map(Home::expand).orElse(standard), BudgetSection.read(root));
  }

  /** The same budgets in another folder. */
  public CostSettings home(Path folder) {
    return new CostSettings(folder, budgets);
  }

  /** The file that the ledger is kept in. */
  public Path ledger() {
    return Home.store(home);
  }
}
