/**
 * Whether a weak model is enough for a prompt: the chances that a weak and a strong model answer it
 * right, learned from prompts whose answers were judged. Pure Java, a fraction of a millisecond a
 * prompt, no network and no model to download. Stands on nothing else of the router.
 *
 * <pre>{@code
 * QualityPredictor predictor = QualityModel.bundled();
 * Prediction prediction = predictor.predict("Find all zeros of x^5 + 3x^3 + x^2 + 2x in Z_5.");
 * prediction.weak();        // the chance that a weak model is right
 * prediction.gain();        // how much more likely a strong one is
 * prediction.familiarity(); // how like the prompts it learned from; near 0, don't trust the rest
 *
 * QualityModel own = QualityModel.train(Outcomes.read(Path.of("outcomes.jsonl")));
 * own.save(Path.of("quality.model"));
 * }</pre>
 */
@NullMarked
package ai.powertools.router.quality;

import org.jspecify.annotations.NullMarked;
