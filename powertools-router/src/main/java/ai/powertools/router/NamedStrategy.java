package ai.powertools.router;

import java.util.function.Function;

/** A strategy that is a function of the inputs. */
record NamedStrategy(String name, boolean weighsQuality, Function<RoutingInputs, Ranking> order)
    implements Strategy {
  @Override
  public Ranking rank(RoutingInputs inputs) {
    return order.apply(inputs);
  }

  @Override
  public String toString() {
    return name;
  }
}
