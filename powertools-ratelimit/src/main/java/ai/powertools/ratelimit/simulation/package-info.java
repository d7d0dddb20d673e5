/**
 * What a policy would do to a load: a trace of calls, recorded or made up, is let into a real
 * limiter in virtual time, and the report says who waited how long and who was refused.
 *
 * <pre>{@code
 * Policy policy = Policy.parse("requests=60/m, tokens=100k/m burst 0.1, concurrency=8");
 * CallTrace trace = CallTrace.csv(Path.of("calls.csv"));
 * SimulationReport report = Simulation.of(policy).run(trace);
 * System.out.print(report.text(100));
 * }</pre>
 */
@NullMarked
package ai.powertools.ratelimit.simulation;

import org.jspecify.annotations.NullMarked;
