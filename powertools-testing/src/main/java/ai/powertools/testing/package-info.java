/**
 * What the tests of PowerTools, and of applications that use it, are made with: a clock that only
 * moves when told to, a provider on loopback that fails as providers fail, real processes to kill,
 * real databases, and random input that can be had again by its seed.
 */
@NullMarked
package ai.powertools.testing;

import org.jspecify.annotations.NullMarked;
