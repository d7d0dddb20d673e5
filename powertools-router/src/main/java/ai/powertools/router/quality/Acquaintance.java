package ai.powertools.router.quality;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * How familiar prompts are, apart for those with and without options: each is compared with its
 * like. Where the training had too few of a kind, all of that kind are strange.
 *
 * @param choice of those with options
 * @param open of those without
 */
record Acquaintance(Optional<Familiarity> choice, Optional<Familiarity> open) {

  double of(Features features, SparseTerms terms) {
    return (features.choice() ? choice : open).map(kind -> kind.of(features, terms)).orElse(0.0);
  }

  void write(DataOutputStream out) throws IOException {
    write(choice, out);
    write(open, out);
  }

  static Acquaintance read(DataInputStream in) throws IOException {
    return new Acquaintance(one(in), one(in));
  }

  private static void write(Optional<Familiarity> kind, DataOutputStream out) throws IOException {
    out.writeBoolean(kind.isPresent());
    if (kind.isPresent()) {
      kind.get().write(out);
    }
  }

  private static Optional<Familiarity> one(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(Familiarity.read(in)) : Optional.empty();
  }
}
