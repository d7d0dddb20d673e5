package ai.powertools.ratelimit.simulation;

/**
 * Lets traces into a limiter of a policy, in virtual time: a day of calls takes as long as the
 * limiter needs to decide on them. The limiter is the real one. The same policy and trace give the
 * same report every time. Immutable; safe for use by many threads, each run on its own.
 */
public final class Simulation {
  private final Policy policy;

  private Simulation(Policy policy) {
    this.policy = policy;
  }

  /** Of this policy. */
  public static Simulation of(Policy policy) {
    return new Simulation(policy);
  }

  /**
   * Makes the calls of a trace. Each asks when the trace says; when it is let through it runs as
   * long as the trace says, and then reports what it used. Takes sixteen to twenty-four bytes of
   * memory for each call.
   *
   * @throws ai.powertools.core.ConfigurationException if the trace can't be read, or asks for what
   *     the policy does not have, such as a level
   * @throws ai.powertools.core.CancelledException if the thread is interrupted; the flag stays set
   */
  public SimulationReport run(CallTrace trace) {
    return new Run(policy).of(trace);
  }
}
