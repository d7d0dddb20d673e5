package ai.powertools.router;

/**
 * How good a model's answer is expected to be.
 *
 * @param estimate the chance of a good answer, 0 to 1: what the scorer says, corrected by feedback
 * @param ability how good the model is in general, 0 to 1
 * @param good how much good feedback it has had for tasks of this kind, old feedback counting less
 * @param bad how much bad feedback
 */
public record Quality(double estimate, double ability, double good, double bad) {}
