/**
 * What the tests of PowerTools, and of applications that use it, are made with: a clock that only
 * moves when told to, a provider on loopback that fails as providers fail, real processes to kill,
 * real databases, and random input that can be had again by its seed.
 *
 * <pre>{@code
 * try (ProviderSimulator provider = ProviderSimulator.start()) {
 *   provider.rateLimit(Duration.ofSeconds(20)).answer("Paris.");
 *   VirtualClock clock = VirtualClock.autoAdvancing();
 *   String answer = new MyClient(provider.url(), clock).ask("Capital of France?");
 *   assertThat(answer).isEqualTo("Paris.");
 *   assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(20));
 *   assertThat(provider.requests()).hasSize(2);
 * }
 * }</pre>
 */
@NullMarked
package ai.powertools.testing;

import org.jspecify.annotations.NullMarked;
