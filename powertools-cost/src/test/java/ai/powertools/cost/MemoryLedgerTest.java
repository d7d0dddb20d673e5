package ai.powertools.cost;

class MemoryLedgerTest extends LedgerContract {
  @Override
  CostTrackerBuilder builder() {
    return CostTracker.builder();
  }
}
